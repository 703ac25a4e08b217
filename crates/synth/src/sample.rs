//! Drawing the sample and interviewing it.
//!
//! Two stages: PSUs by [`crate::frame::select`], then a simple random sample of the households
//! found there. Households that do not respond (in towns more than elsewhere) are made up for
//! inside their PSU: the weight is one over the two selection probabilities, times sampled over
//! responding households of the PSU. All members aged 10 and over are interviewed.

use crate::columns::{Columns, schema};
use crate::frame::{Selected, Stratum, select, strata};
use crate::household::{Household, Place};
use crate::interview::interview;
use crate::stream::{Address, Draws, Purpose};
use crate::{Error, Spec};
use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;

/// Rows after which a batch is handed over, at the next end of a PSU.
const BATCH_ROWS: usize = 50_000;

/// Probability that a sampled household does not respond, urban and rural.
const NONRESPONSE: [f64; 2] = [0.10, 0.05];

/// The survey's rows in batches; memory does not depend on their number.
pub struct Survey {
    spec: Spec,
    places: Box<dyn Iterator<Item = (Stratum, Selected)> + Send>,
    columns: Columns,
    household: Household,
}

/// Draws the sample of a specification and interviews it, PSU by PSU in the order of their numbers.
///
/// # Errors
///
/// [`Error::Spec`] if the sample cannot be drawn.
pub fn survey(spec: &Spec) -> Result<Survey, Error> {
    spec.check()?;
    let frame_spec = spec.clone();
    let places = strata(spec).into_iter().flat_map(move |stratum| {
        select(&frame_spec, stratum).map(move |selected| (stratum, selected))
    });
    Ok(Survey {
        spec: spec.clone(),
        places: Box::new(places),
        columns: Columns::new(schema(), BATCH_ROWS + 1_000),
        household: Household::default(),
    })
}

impl Survey {
    /// Schema of every batch.
    pub fn schema(&self) -> SchemaRef {
        schema()
    }

    fn visit(&mut self, stratum: Stratum, selected: Selected) {
        let spec = &self.spec;
        let place = Place::new(spec, stratum, selected.psu, selected.size);
        let at = Address {
            seed: spec.seed,
            stratum: stratum.index,
            psu: selected.psu,
            household: 0,
            draw: spec.draw,
        };
        let mut draws = Draws::new(Purpose::Households, at);
        let sampled = sample(&mut draws, place.households, spec.households_per_psu);
        let refusal = NONRESPONSE[usize::from(stratum.area - 1)];
        let mut responding: Vec<u32> =
            sampled.iter().copied().filter(|_| !draws.chance(refusal)).collect();
        if responding.is_empty() {
            // A PSU is revisited until somebody answers.
            responding.push(sampled[0]);
        }
        let weight = f64::from(place.households) / selected.probability / responding.len() as f64;
        let weight = (weight * 1e6).round() / 1e6;
        for number in responding {
            place.household(spec, number, &mut self.household);
            let mut draws = Draws::new(Purpose::Interview, Address { household: number, ..at });
            for (line, person) in self.household.people.iter().enumerate() {
                let answers = interview(person, &mut draws);
                let household = (number, &self.household);
                self.columns.push(&place, household, (line, person), &answers, weight);
            }
        }
    }
}

impl Iterator for Survey {
    type Item = RecordBatch;

    fn next(&mut self) -> Option<RecordBatch> {
        while self.columns.len() < BATCH_ROWS {
            let Some((stratum, selected)) = self.places.next() else { break };
            self.visit(stratum, selected);
        }
        (self.columns.len() > 0).then(|| self.columns.take())
    }
}

/// A simple random sample of `size` of the numbers 0 to `of` − 1, in order.
///
/// Source: Knuth, *The Art of Computer Programming* 2, 3.4.2, algorithm S.
fn sample(draws: &mut Draws, of: u32, size: u32) -> Vec<u32> {
    let mut chosen = Vec::with_capacity(size as usize);
    for number in 0..of {
        let wanted = size - chosen.len() as u32;
        if wanted == 0 {
            break;
        }
        if draws.chance(f64::from(wanted) / f64::from(of - number)) {
            chosen.push(number);
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_of_households_has_its_size_and_no_repeats() {
        let mut draws = Draws::new(Purpose::Households, Address::default());
        let mut hits = [0u32; 60];
        for _ in 0..6_000 {
            let chosen = sample(&mut draws, 60, 10);
            assert_eq!(chosen.len(), 10);
            assert!(chosen.windows(2).all(|pair| pair[0] < pair[1]));
            chosen.iter().for_each(|number| hits[*number as usize] += 1);
        }
        // Each is expected 1000 times with a standard deviation of 29.
        assert!(hits.iter().all(|h| (870..=1_130).contains(h)), "{hits:?}");
    }
}
