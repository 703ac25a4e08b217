//! Whose figures a line or mark shows.

use super::Words;
use super::canvas::Role;
use super::frame::Sign;

/// Women, men, or both sexes together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Women: a disc.
    Women,
    /// Men: a triangle.
    Men,
    /// Both sexes, or a measure of both such as a gap: a diamond.
    Both,
}

impl Who {
    pub(super) fn sign(self) -> Sign {
        match self {
            Who::Women => Sign::Disc,
            Who::Men => Sign::Triangle,
            Who::Both => Sign::Diamond,
        }
    }

    pub(super) fn role(self) -> Role {
        match self {
            Who::Women => Role::Women,
            Who::Men => Role::Men,
            Who::Both => Role::Both,
        }
    }

    pub(super) fn name(self, words: &Words) -> &str {
        match self {
            Who::Women => &words.women,
            Who::Men => &words.men,
            Who::Both => &words.total,
        }
    }
}
