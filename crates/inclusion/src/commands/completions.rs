//! `inclusion completions`.

use super::print;
use clap::CommandFactory;
use inclusion::Error;

/// Print shell completions
#[derive(clap::Args)]
pub struct Args {
    /// Shell
    shell: clap_complete::Shell,
}

pub fn run<C: CommandFactory>(args: &Args) -> Result<(), Error> {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut C::command(), "inclusion", &mut bytes);
    print(&String::from_utf8_lossy(&bytes))
}
