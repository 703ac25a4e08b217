//! The choice of the engine, which several commands have.

use inclusion::{Engine, Error, Study};

#[derive(clap::Args)]
pub struct Place {
    /// Where the cells are made: on this machine, or on a cluster of Apache DataFusion Ballista (in a
    /// build with the feature `cluster`); the figures do not depend on it [default: the study's, or local]
    #[arg(long, value_name = "ENGINE", value_parser = Engine::NAMES)]
    engine: Option<String>,
    /// The cluster's scheduler
    #[arg(long, value_name = "HOST:PORT")]
    scheduler: Option<String>,
}

impl Place {
    /// The engine of a study.
    pub fn of(&self, study: &Study) -> Result<Engine, Error> {
        let engine = Engine::chosen(study, self.engine.as_deref(), self.scheduler.as_deref())?;
        #[cfg(feature = "cluster")]
        if engine != Engine::Local {
            inclusion_cluster::cancel_on_signals()?;
        }
        Ok(engine)
    }

    /// The option that was given, if any was.
    pub fn given(&self) -> Option<&'static str> {
        let given =
            [("--engine", self.engine.is_some()), ("--scheduler", self.scheduler.is_some())];
        given.into_iter().find(|(_, given)| *given).map(|(name, _)| name)
    }
}

/// Cells that are there already need no engine.
pub fn not_with_cells(args: &Place, cells: &[std::path::PathBuf]) -> Result<(), Error> {
    match args.given() {
        Some(name) if !cells.is_empty() => Err(Error::Usage(format!(
            "`{name}` says where cells are made, and `--cells` names cells that are there; leave one out"
        ))),
        _ => Ok(()),
    }
}
