use super::describe::Script;
use crate::Error;

pub(super) fn write(_: &Script) -> Result<String, Error> {
    Err(super::refused("this", "not yet"))
}
