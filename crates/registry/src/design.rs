//! Sampling designs as columns of a recipe: weight, stages, replicate weights.
//!
//! The convention to know: the first stage stands in the design itself, and `[[design.stage]]` adds
//! the second and later ones. A later stage adds variance only as far as the finite population of
//! every stage up to it is known; without one, the stage above was drawn with replacement and says
//! all. So a later stage without a finite population is refused instead of being ignored.

use serde::Deserialize;

/// Sampling design as columns.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Design {
    /// Weight; none means that every row counts one.
    #[serde(default)]
    pub weight: Option<Weight>,
    /// Without a weight column: the weight is the product of the inverse sampling fractions that the
    /// finite populations of all stages tell.
    #[serde(default)]
    pub weight_from_fpc: bool,
    /// Stratum: no, one or several columns.
    #[serde(default)]
    pub stratum: Vec<String>,
    /// Primary sampling unit: none means that every row is its own.
    #[serde(default)]
    pub psu: Vec<String>,
    /// PSU numbers are unique only inside their stratum.
    #[serde(default)]
    pub nest: bool,
    /// First-stage finite population: a column with the number of PSUs of the stratum (all values
    /// at least 1) or with the sampling fraction (all at most 1).
    #[serde(default)]
    pub fpc: Option<String>,
    /// The second stage of sampling, and later ones.
    #[serde(default, rename = "stage")]
    pub stages: Vec<Stage>,
    /// Replicate weights that came with the survey; standard errors are then made from them.
    #[serde(default)]
    pub replicates: Option<ReplicateColumns>,
    /// The survey was clustered but its file does not tell how: standard errors show the effect of
    /// the weights only, and every table says so.
    #[serde(default)]
    pub clustering_unknown: bool,
}

/// A weight column.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weight {
    /// Source column.
    pub column: String,
    /// The stored number is divided by this: 1000000 in the Demographic and Health Surveys.
    #[serde(default)]
    pub divide_by: Option<f64>,
}

/// A stage of sampling after the first. Its ids count inside the unit of the stage above.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Stratum inside the unit of the stage above: no, one or several columns.
    #[serde(default)]
    pub stratum: Vec<String>,
    /// Sampling unit of this stage; none, in the last stage, means that every row is its own.
    #[serde(default)]
    pub psu: Vec<String>,
    /// Finite population: a column with the number of units in the stratum of this stage, or with
    /// the sampling fraction.
    #[serde(default)]
    pub fpc: Option<String>,
}

/// Replicate weights as columns of the rows' file.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplicateColumns {
    /// How they were made, which decides their variance.
    pub kind: ReplicateKind,
    /// The columns, in the order of `rscales`.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Instead: the columns whose name is this and a number, in the order of the numbers.
    #[serde(default)]
    pub prefix: Option<String>,
    /// The columns hold weights, divided as the weight is; false: factors to multiply it with.
    #[serde(default = "yes")]
    pub combined: bool,
    /// Fay's factor, 0 or more and less than 1; only for `fay`.
    #[serde(default)]
    pub rho: Option<f64>,
    /// Overall factor of the sum of squares; the method's own if left out.
    #[serde(default)]
    pub scale: Option<f64>,
    /// Factor of each replicate; 1 for all if left out.
    #[serde(default)]
    pub rscales: Vec<f64>,
    /// Deviations are taken from the estimate of the full sample; false: from the mean of the
    /// replicates.
    #[serde(default)]
    pub mse: bool,
}

fn yes() -> bool {
    true
}

/// Methods of replication, with the factor of the sum of squares over R replicates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplicateKind {
    /// Balanced repeated replication: 1/R.
    Brr,
    /// Fay's variant: 1 / (R (1 − ρ)²).
    Fay,
    /// Delete-one jackknife without strata: (R − 1)/R.
    Jk1,
    /// Paired jackknife: 1.
    Jk2,
    /// Stratified jackknife: 1; `rscales` hold (n − 1)/n of the replicate's stratum.
    Jkn,
    /// Bootstrap: 1/R about the full sample, 1/(R − 1) about the mean of the replicates.
    Bootstrap,
    /// Successive difference replication: 4/R.
    SuccessiveDifference,
    /// As in the American Community Survey: 4/R.
    Acs,
    /// Anything else; `scale` must be given.
    Other,
}

impl ReplicateKind {
    /// The names in recipes and studies.
    pub const NAMES: [&str; 9] =
        ["brr", "fay", "jk1", "jk2", "jkn", "bootstrap", "successive_difference", "acs", "other"];
}

/// What is wrong with a design, and the key that tells the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesignProblem {
    /// Key or value in the file.
    pub at: String,
    /// What is wrong and what to do.
    pub message: String,
}

fn problem(at: &str, message: impl Into<String>) -> Result<(), DesignProblem> {
    Err(DesignProblem { at: at.to_string(), message: message.into() })
}

impl Design {
    /// Checks what can be known without the data.
    ///
    /// # Errors
    ///
    /// [`DesignProblem`] with the key at fault.
    pub fn check(&self) -> Result<(), DesignProblem> {
        if let Some(weight) = &self.weight
            && weight.divide_by.is_some_and(|by| !by.is_finite() || by <= 0.0)
        {
            return problem("divide_by", "`divide_by` is a number above 0");
        }
        if self.weight_from_fpc && self.weight.is_some() {
            return problem(
                "weight_from_fpc",
                "the weight is a column or follows from the finite populations, not both",
            );
        }
        if self.weight_from_fpc && self.fpc.is_none() {
            return problem("weight_from_fpc", "`weight_from_fpc` needs the column `fpc`");
        }
        let mut above = (self.psu.is_empty(), self.fpc.is_none());
        for (stage, number) in self.stages.iter().zip(2..) {
            let (no_unit, no_fpc) = above;
            if no_unit {
                return problem(
                    "stage",
                    format!("stage {number} needs the sampling units of stage {}", number - 1),
                );
            }
            if no_fpc || stage.fpc.is_none() {
                let without = if no_fpc { number - 1 } else { number };
                return problem(
                    "stage",
                    format!(
                        "stage {number} adds to the variance only where the finite population of \
                         every stage is known, and stage {without} has none; add its `fpc` or \
                         leave the stage out"
                    ),
                );
            }
            above = (stage.psu.is_empty(), false);
        }
        match &self.replicates {
            Some(_) if self.weight.is_none() => {
                problem("replicates", "replicate weights need the `weight` of the full sample")
            }
            Some(replicates) => replicates.check(),
            None => Ok(()),
        }
    }
}

impl ReplicateColumns {
    fn check(&self) -> Result<(), DesignProblem> {
        if self.columns.is_empty() == self.prefix.is_none() {
            return problem("replicates", "replicate weights need either `columns` or `prefix`");
        }
        if self.prefix.as_ref().is_some_and(|prefix| prefix.trim().is_empty()) {
            return problem("prefix", "`prefix` is the part of the names before the number");
        }
        if self.columns.len() == 1 {
            return problem("columns", "one column makes no replicates; at least 2 are needed");
        }
        let twice = |name: &&String| self.columns.iter().filter(|c| c == name).count() > 1;
        if let Some(name) = self.columns.iter().find(twice) {
            return problem(name, format!("column `{name}` stands twice in `columns`"));
        }
        match (self.kind, self.rho) {
            (ReplicateKind::Fay, Some(rho)) if !(0.0..1.0).contains(&rho) => {
                return problem("rho", format!("`rho` is {rho}; it is 0 or more and below 1"));
            }
            (ReplicateKind::Fay, None) => {
                return problem("kind", "Fay's method needs its factor `rho`, such as 0.5");
            }
            (ReplicateKind::Fay, Some(_)) | (_, None) => {}
            (_, Some(_)) => return problem("rho", "`rho` belongs to the kind `fay` only"),
        }
        if let Some(scale) = self.scale.filter(|scale| !(scale.is_finite() && *scale > 0.0)) {
            return problem("scale", format!("`scale` is {scale}; it is a number above 0"));
        }
        if self.kind == ReplicateKind::Other && self.scale.is_none() {
            return problem("kind", "replicates of another method need `scale`");
        }
        if let Some(wrong) = self.rscales.iter().find(|s| !(s.is_finite() && **s >= 0.0)) {
            return problem("rscales", format!("`rscales` holds {wrong}; each is 0 or more"));
        }
        if self.kind == ReplicateKind::Jkn && self.rscales.is_empty() {
            return problem(
                "kind",
                "the stratified jackknife needs `rscales`, (n − 1)/n of the stratum of each \
                 replicate; where there is one replicate for each stratum of two, use `jk2`",
            );
        }
        let (columns, scales) = (self.columns.len(), self.rscales.len());
        if columns > 0 && scales > 0 && columns != scales {
            return problem(
                "rscales",
                format!("{scales} `rscales` are given for {columns} columns; give one for each"),
            );
        }
        Ok(())
    }
}
