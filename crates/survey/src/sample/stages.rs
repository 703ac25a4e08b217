//! The stages of a design, as far as they tell the variance.
//!
//! A stage has strata and units. At the first stage these are the strata and PSUs of the sample;
//! at a later one they are told apart within each unit of the stage above, whatever their ids.
//! A stage after the first counts only where all stages up to it have a finite population: without
//! one the first stage was drawn with replacement, and says all. The finite population of a stage
//! is the number of units in that stratum, or, where no value of the stage is above 1, the sampled
//! fraction of them. Without a weight column the weight is the product of the inverse fractions.
//!
//! Since rows stand in the order of the design, each stratum and unit is a run of rows.

use crate::key::Key;
use crate::sample::columns::{Columns, IdColumn};
use crate::sorted::nested;
use crate::{Error, LonelyPsu, Options};
use std::collections::BTreeSet;

/// Below this a stratum counts as taken completely and has no variance, as in R `survey`.
const COMPLETE: f64 = 1e-7;

/// All stages that tell the variance, the first one at least.
#[derive(Debug, Clone)]
pub(crate) struct Design {
    pub stages: Vec<Stage>,
}

/// One stage.
#[derive(Debug, Clone)]
pub(crate) struct Stage {
    /// By row: the stratum and the unit, numbered in the order of the rows.
    pub stratum: Vec<u32>,
    pub unit: Vec<u32>,
    pub strata: Vec<Stratum>,
    /// Strata with a finite population of 1 where none has a larger one, so that it is a fraction.
    pub of_one: u64,
}

/// A stratum of a stage.
#[derive(Debug, Clone)]
pub(crate) struct Stratum {
    /// Rank among the keys of the column, for its name.
    key: u32,
    /// First row.
    first: u32,
    /// Sampled units.
    pub units: u64,
    /// Share of its units that was not sampled.
    pub free: f64,
}

impl Stratum {
    /// It was taken completely.
    pub(crate) fn complete(&self) -> bool {
        self.free < COMPLETE
    }

    /// It has one unit and was not taken completely.
    pub(crate) fn lonely(&self) -> bool {
        self.units == 1 && !self.complete()
    }
}

impl Design {
    /// The design of sorted rows.
    ///
    /// # Errors
    ///
    /// [`Error`] names the first stratum or PSU that contradicts the design.
    pub(crate) fn new(columns: &Columns, options: &Options) -> Result<Design, Error> {
        if let (Some(strata), Some(units), false) =
            (&columns.strata[0], &columns.units[0], options.nest)
        {
            let pairs: BTreeSet<(u32, u32)> =
                strata.rank.iter().copied().zip(units.rank.iter().copied()).collect();
            nested(
                pairs.iter().map(|(s, u)| (&strata.keys[*s as usize], &units.keys[*u as usize])),
            )?;
        }
        let mut design = Design { stages: Vec::new() };
        let stages = if columns.fpc.is_empty() { 1 } else { columns.fpc.len() };
        for stage in 0..stages {
            let last = stage > 0 && columns.units[stage - 1].is_none();
            if last {
                return Err(Error::Plan {
                    place: format!("stage {}", stage + 1),
                    message: format!(
                        "has a finite population, but the units of stage {stage} are not identified; give their ids or leave the later finite populations out"
                    ),
                });
            }
            let next = Stage::new(columns, &design, stage)?;
            design.stages.push(next);
        }
        Ok(design)
    }

    /// Number of sampled PSUs.
    pub(crate) fn psus(&self) -> u64 {
        self.stages[0].strata.iter().map(|s| s.units).sum()
    }

    /// The weights that the sampled fractions imply.
    pub(crate) fn implied_weights(&self, rows: usize) -> Vec<f64> {
        let sampled =
            |stage: &Stage, row: usize| 1.0 - stage.strata[stage.stratum[row] as usize].free;
        (0..rows)
            .map(|row| 1.0 / self.stages.iter().map(|stage| sampled(stage, row)).product::<f64>())
            .collect()
    }

    /// Refuses single units of the first stages where no rule was chosen for them.
    pub(crate) fn check_lonely(
        &self,
        columns: &Columns,
        policy: LonelyPsu,
        stages: usize,
    ) -> Result<(), Error> {
        if policy != LonelyPsu::Fail {
            return Ok(());
        }
        for (index, stage) in self.stages.iter().take(stages).enumerate() {
            let mut lonely = stage.strata.iter().filter(|s| s.lonely());
            if let Some(first) = lonely.next() {
                return Err(Error::LonelyPsu {
                    stratum: place(columns, index, first),
                    count: 1 + lonely.count(),
                });
            }
        }
        Ok(())
    }

    /// PSUs and strata of the first stage that hold one of these rows.
    pub(crate) fn occupied(&self, rows: impl Iterator<Item = usize>) -> (u64, u64) {
        let stage = &self.stages[0];
        let (mut psus, mut strata) = (0, 0);
        let (mut psu, mut stratum) = (None, None);
        for row in rows {
            let here = (Some(stage.unit[row]), Some(stage.stratum[row]));
            psus += u64::from(here.0 != psu);
            strata += u64::from(here.1 != stratum);
            (psu, stratum) = here;
        }
        (psus, strata)
    }
}

fn at(column: &Option<IdColumn>, row: usize) -> u32 {
    column.as_ref().map_or(0, |c| c.rank[row])
}

impl Stage {
    fn new(columns: &Columns, above: &Design, stage: usize) -> Result<Stage, Error> {
        let (strata, units) = (&columns.strata[stage], &columns.units[stage]);
        let fpc = columns.fpc.get(stage);
        let mut own = Stage {
            stratum: Vec::new(),
            unit: Vec::new(),
            strata: Vec::<Stratum>::new(),
            of_one: 0,
        };
        let mut unit = 0u32;
        let mut before: Option<(u32, u32, u32)> = None;
        for row in 0..columns.rows {
            let parent = above.stages.last().map_or(0, |s| s.unit[row]);
            let here = (parent, at(strata, row), at(units, row));
            let new_stratum = before.is_none_or(|b| (b.0, b.1) != (here.0, here.1));
            // Without ids every row is a unit of its own.
            let new_unit = units.is_none() || before != Some(here);
            if new_stratum {
                let first = row as u32;
                own.strata.push(Stratum { key: here.1, first, units: 0, free: 1.0 });
            }
            let stratum = own.strata.len() - 1;
            if new_unit {
                unit += u32::from(before.is_some());
                own.strata[stratum].units += 1;
            }
            if let Some(fpc) = fpc
                && fpc[row] != fpc[own.strata[stratum].first as usize]
            {
                return Err(Error::Fpc {
                    stratum: place(columns, stage, &own.strata[stratum]),
                    value: fpc[row],
                    message: "differs from that of other rows of the stratum; it must be the same in all of them",
                });
            }
            own.stratum.push(stratum as u32);
            own.unit.push(unit);
            before = Some(here);
        }
        if let Some(fpc) = fpc {
            own.populations(columns, stage, fpc)?;
        }
        Ok(own)
    }

    /// Sampled units of this stage in the unit above that holds the row.
    pub(crate) fn units_in(&self, above: &[u32], row: usize) -> u64 {
        let inside = |stratum: &&Stratum| above[stratum.first as usize] == above[row];
        let (before, after) = self.strata.split_at(self.stratum[row] as usize);
        let strata = before.iter().rev().take_while(inside).chain(after.iter().take_while(inside));
        strata.map(|s| s.units).sum()
    }

    /// Finite populations, or sampled fractions.
    fn populations(&mut self, columns: &Columns, stage: usize, fpc: &[f64]) -> Result<(), Error> {
        let value = |stratum: &Stratum| fpc[stratum.first as usize];
        let named = |stratum: &Stratum, message| Error::Fpc {
            stratum: place(columns, stage, stratum),
            value: value(stratum),
            message,
        };
        if let Some(s) = self.strata.iter().find(|s| !(value(s) > 0.0 && value(s).is_finite())) {
            let message = "is neither a number of PSUs (1 or more) nor a sampling fraction (above 0, at most 1)";
            return Err(named(s, message));
        }
        // A one among sizes is the size of a stratum taken completely.
        let sizes = self.strata.iter().any(|s| value(s) > 1.0);
        if let Some(s) = self.strata.iter().find(|s| sizes && value(s) < 1.0) {
            let message = "is a sampling fraction, while other strata give the number of PSUs; use one of the two";
            return Err(named(s, message));
        }
        if let Some(s) = self.strata.iter().find(|s| sizes && value(s) < s.units as f64) {
            return Err(Error::FpcTooSmall {
                stratum: place(columns, stage, s),
                fpc: value(s),
                sampled: s.units,
            });
        }
        let ones = self.strata.iter().filter(|s| !sizes && value(s) == 1.0);
        self.of_one = ones.count() as u64;
        for index in 0..self.strata.len() {
            let (units, fpc) = (self.strata[index].units as f64, value(&self.strata[index]));
            self.strata[index].free = if sizes { (fpc - units) / fpc } else { 1.0 - fpc };
        }
        Ok(())
    }
}

/// The name of a stratum, with the units above it: `2`, or `2, PSU 15, stage 2`.
pub(crate) fn place(columns: &Columns, stage: usize, stratum: &Stratum) -> String {
    let name = |column: &Option<IdColumn>, rank: u32| {
        column
            .as_ref()
            .map_or_else(|| Key::Number(0).to_string(), |c| c.keys[rank as usize].to_string())
    };
    if stage == 0 {
        return name(&columns.strata[0], stratum.key);
    }
    let row = stratum.first as usize;
    let first = name(&columns.strata[0], at(&columns.strata[0], row));
    let units: Vec<String> = (0..stage)
        .map(|s| {
            let what = if s == 0 { "PSU".to_string() } else { format!("unit of stage {}", s + 1) };
            format!("{what} {}", name(&columns.units[s], at(&columns.units[s], row)))
        })
        .collect();
    format!("{first}, {}, stage {}", units.join(", "), stage + 1)
}
