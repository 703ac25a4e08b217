//! Sums (Σwy, Σwx) of the cells of one PSU.
//!
//! A cell's sums are a block of numbers: all y lane by lane, then all x. Two forms of a number.
//! `f64` holds the sums of a plain PSU exactly (`plain.rs`), and a row is added with a few vector
//! instructions. `i128`, in units of 2⁻⁶⁴, holds anything.

use crate::layout::{NONE, VECTOR};

/// A pair of sums in fixed point.
pub(crate) type Wide = [i128; 2];

/// A number of a block.
pub(crate) trait Number: Copy + Default + std::fmt::Debug {
    fn plus(self, other: Self) -> Self;
}

impl Number for f64 {
    #[inline(always)]
    fn plus(self, other: f64) -> f64 {
        self + other
    }
}

impl Number for i128 {
    #[inline(always)]
    fn plus(self, other: i128) -> i128 {
        // A branch that is never taken is cheaper than a saturating addition.
        self.checked_add(other).unwrap_or_else(|| self.saturating_add(other))
    }
}

/// A slice whose length is a multiple of [`VECTOR`].
#[inline(always)]
pub(crate) fn vectors<T>(slice: &[T]) -> &[[T; VECTOR]] {
    slice.as_chunks().0
}

/// The same, mutable.
#[inline(always)]
pub(crate) fn vectors_mut<T>(slice: &mut [T]) -> &mut [[T; VECTOR]] {
    slice.as_chunks_mut().0
}

/// Adds a block to another.
#[inline(always)]
pub(crate) fn add_block<T: Number>(to: &mut [T], from: &[T]) {
    for (to, from) in vectors_mut(to).iter_mut().zip(vectors(from)) {
        let old = *to;
        *to = std::array::from_fn(|k| old[k].plus(from[k]));
    }
}

/// The blocks of the ids that occur, found by id in constant time.
#[derive(Debug)]
pub(crate) struct Cube<T> {
    slots: Vec<u32>,
    pub touched: Vec<u32>,
    /// Numbers of a block.
    size: usize,
    /// Blocks of the ids touched, in that order; behind them there are zeros.
    blocks: Vec<T>,
}

impl<T: Number> Cube<T> {
    /// No ids; `width` is the number of lanes.
    pub(crate) fn new(width: usize) -> Cube<T> {
        Cube { slots: Vec::new(), touched: Vec::new(), size: 2 * width, blocks: Vec::new() }
    }

    /// The block of an id.
    #[inline(always)]
    pub(crate) fn at(&mut self, id: u32) -> &mut [T] {
        let slot = match self.slots.get(id as usize) {
            Some(slot) if *slot != NONE => *slot,
            _ => self.touch(id),
        };
        &mut self.blocks[slot as usize * self.size..][..self.size]
    }

    #[inline(never)]
    fn touch(&mut self, id: u32) -> u32 {
        let index = id as usize;
        if index >= self.slots.len() {
            self.slots.resize(index + 1, NONE);
        }
        let slot = self.touched.len() as u32;
        self.slots[index] = slot;
        self.touched.push(id);
        let size = self.touched.len() * self.size;
        if self.blocks.len() < size {
            self.blocks.resize(2 * size, T::default());
        }
        slot
    }

    /// Place of an id that occurs.
    pub(crate) fn slot(&self, id: u32) -> usize {
        self.slots[id as usize] as usize
    }

    /// The block in a slot.
    #[inline(always)]
    pub(crate) fn block(&self, slot: usize) -> &[T] {
        &self.blocks[slot * self.size..][..self.size]
    }

    pub(crate) fn clear(&mut self) {
        // The room stays, with zeros in it.
        self.blocks[..self.touched.len() * self.size].fill(T::default());
        for id in self.touched.drain(..) {
            self.slots[id as usize] = NONE;
        }
    }
}

/// Adds the cells of a cube to a coarser one, given with the id in it of each of its ids.
#[inline(always)]
pub(crate) fn gather<T: Number>(finer: &Cube<T>, coarser: &mut Cube<T>, of_finer: &[u32]) {
    for (slot, id) in finer.touched.iter().enumerate() {
        add_block(coarser.at(of_finer[*id as usize]), finer.block(slot));
    }
}
