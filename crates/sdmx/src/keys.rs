//! Which keys were there already, in little memory and without hashing them into something shorter.
//!
//! The position of each code in its list, and of each text of a dimension without a list among those
//! seen, make one number of at most 128 bits where the structure allows it: twenty bytes an
//! observation. A structure with wider keys keeps them as lists of positions.

use crate::Structure;
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

/// Bits for a dimension without a code list.
const TEXT_BITS: u32 = 24;

/// The keys seen, each with a number that the caller gives.
pub(crate) struct Keys {
    bits: Vec<u32>,
    seen: Seen,
    /// Texts of the dimensions without a list.
    texts: Vec<FxHashMap<String, u32>>,
}

enum Seen {
    /// The number as four words, so that an entry has twenty bytes.
    Packed(FxHashMap<[u32; 4], u32>),
    Wide(FxHashMap<Box<[u32]>, u32>),
}

impl Keys {
    pub fn new(structure: &Structure) -> Keys {
        let bits: Vec<u32> = structure
            .dimensions
            .iter()
            .map(|own| match &own.codes {
                Some(list) => usize::BITS - list.codes().len().leading_zeros(),
                None => TEXT_BITS,
            })
            .collect();
        let seen = if bits.iter().sum::<u32>() <= u128::BITS {
            Seen::Packed(FxHashMap::default())
        } else {
            Seen::Wide(FxHashMap::default())
        };
        Keys { texts: vec![FxHashMap::default(); bits.len()], bits, seen }
    }

    /// The position of a text of a dimension without a list.
    pub fn text(&mut self, dimension: usize, text: &str) -> u32 {
        let texts = &mut self.texts[dimension];
        if let Some(at) = texts.get(text) {
            return *at;
        }
        let at = texts.len() as u32;
        texts.insert(text.into(), at);
        if at >> TEXT_BITS != 0 && matches!(self.seen, Seen::Packed(_)) {
            self.widen();
        }
        at
    }

    /// Remembers a key under a number; the number of the earlier one if it was there.
    pub fn insert(&mut self, positions: &[u32], number: u32) -> Option<u32> {
        match &mut self.seen {
            Seen::Packed(seen) => {
                let mut packed = 0u128;
                for (position, bits) in positions.iter().zip(&self.bits) {
                    packed = (packed << bits) | u128::from(*position);
                }
                entry(seen.entry(words(packed)), number)
            }
            Seen::Wide(seen) => entry(seen.entry(positions.into()), number),
        }
    }

    /// A dimension has more texts than its bits can tell apart: the keys become lists.
    fn widen(&mut self) {
        let Seen::Packed(seen) = &mut self.seen else { return };
        let unpack = |words: &[u32; 4]| {
            let mut packed = words.iter().fold(0u128, |all, word| (all << 32) | u128::from(*word));
            let mut positions = vec![0; self.bits.len()];
            for (position, bits) in positions.iter_mut().zip(&self.bits).rev() {
                *position = (packed & ((1u128 << bits) - 1)) as u32;
                packed >>= bits;
            }
            positions.into_boxed_slice()
        };
        self.seen = Seen::Wide(seen.iter().map(|(words, at)| (unpack(words), *at)).collect());
    }
}

fn words(packed: u128) -> [u32; 4] {
    [96, 64, 32, 0].map(|shift| (packed >> shift) as u32)
}

fn entry<K>(entry: Entry<'_, K, u32>, number: u32) -> Option<u32> {
    match entry {
        Entry::Occupied(there) => Some(*there.get()),
        Entry::Vacant(free) => {
            free.insert(number);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Columns, Reference};

    fn keys(dimensions: usize) -> Keys {
        let columns = Columns {
            dimensions: (0..dimensions).map(|i| format!("D{i}")).collect(),
            measure: "OBS_VALUE".into(),
            attributes: Vec::new(),
        };
        Keys::new(&Structure::of_columns(Reference::default(), &columns))
    }

    #[test]
    fn a_key_is_known_again_packed_wide_and_widened() {
        for dimensions in [3, 8] {
            let mut keys = keys(dimensions);
            let a: Vec<u32> = (0..dimensions as u32).map(|i| i * 7).collect();
            let mut b = a.clone();
            b[dimensions - 1] += 1;
            assert_eq!(keys.insert(&a, 1), None);
            assert_eq!(keys.insert(&b, 2), None);
            assert_eq!(keys.insert(&a, 3), Some(1));
            keys.widen();
            assert!(matches!(keys.seen, Seen::Wide(_)));
            assert_eq!(keys.insert(&b, 4), Some(2));
            assert_eq!(keys.insert(&a, 5), Some(1));
        }
    }

    #[test]
    fn texts_of_one_dimension_are_told_apart() {
        let mut keys = keys(1);
        assert_eq!(keys.text(0, "2021"), 0);
        assert_eq!(keys.text(0, "2022"), 1);
        assert_eq!(keys.text(0, "2021"), 0);
    }
}
