//! `inclusion schema`.

use super::print;
use inclusion::Error;

/// Print the JSON schema of the study file, for editors
#[derive(clap::Args)]
pub struct Args {}

pub fn run(_args: &Args) -> Result<(), Error> {
    print(&inclusion::schema())
}
