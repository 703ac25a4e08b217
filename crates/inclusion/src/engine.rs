//! The engine that makes the cells of a study: this process, or a cluster.

use crate::plan::Prepared;
use crate::study::EngineName;
use crate::walk::{Progress, Walked, walk};
use crate::{Error, Study, check_files_for};

/// Where cells are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Engine {
    /// In this process.
    Local,
    /// On a cluster of Apache DataFusion Ballista.
    Ballista {
        /// Host and port of its scheduler.
        scheduler: String,
    },
}

/// Told what becomes of the job of a survey on a cluster: its id, and a sentence.
pub type ClusterTold<'a> = dyn Fn(&str, &str) + Sync + 'a;

impl Engine {
    /// The names by which a user chooses.
    pub const NAMES: [&str; 2] = ["local", "ballista"];

    /// What the command line says, or else the study.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] or [`Error::Study`] for a cluster without a scheduler, and the other way round.
    pub fn chosen(
        study: &Study,
        engine: Option<&str>,
        scheduler: Option<&str>,
    ) -> Result<Engine, Error> {
        let own = study.file.engine.as_ref();
        let name = match (engine, own) {
            (Some("ballista"), _) => EngineName::Ballista,
            (None, Some(own)) => own.name,
            _ => EngineName::Local,
        };
        let stated = own.and_then(|own| own.scheduler.as_ref());
        match (name, scheduler, stated) {
            (EngineName::Local, Some(_), _) => Err(Error::Usage(
                "`--scheduler` is of a cluster; add `--engine ballista`".to_string(),
            )),
            (EngineName::Local, None, Some(stated)) if engine.is_none() => Err(Error::Study {
                place: study.place(stated),
                message: "`scheduler` is of a cluster; write `name = \"ballista\"`, or leave it out"
                    .to_string(),
            }),
            (EngineName::Local, None, _) => Ok(Engine::Local),
            (EngineName::Ballista, Some(scheduler), _) => match has_port(scheduler) {
                true => Ok(Engine::Ballista { scheduler: scheduler.to_string() }),
                false => Err(Error::Usage(format!(
                    "`--scheduler {scheduler}` is not of the form HOST:PORT, such as 127.0.0.1:50050"
                ))),
            },
            (EngineName::Ballista, None, Some(stated)) => match has_port(stated.get_ref()) {
                true => Ok(Engine::Ballista { scheduler: stated.get_ref().clone() }),
                false => Err(Error::Study {
                    place: study.place(stated),
                    message: format!(
                        "`{}` is not of the form HOST:PORT, such as 127.0.0.1:50050",
                        stated.get_ref()
                    ),
                }),
            },
            (EngineName::Ballista, None, None) => Err(Error::Usage(
                "a cluster is reached by its scheduler: add `--scheduler HOST:PORT`, or `scheduler` to [engine] of the study"
                    .to_string(),
            )),
        }
    }
}

fn has_port(scheduler: &str) -> bool {
    scheduler.rsplit_once(':').is_some_and(|(host, port)| {
        let is_host = !host.is_empty() && !host.contains('/');
        is_host && port.parse::<u16>().is_ok_and(|p| p > 0)
    })
}

/// The walk with the cells of an engine, which is the same to the bit for each; see [`walk`].
///
/// # Errors
///
/// As [`walk`]; of a cluster [`Error::Cluster`], and [`Error::Usage`] if the program was built without it, or
/// the study asks for what sums cannot give.
pub fn walk_on(
    engine: &Engine,
    prepared: &Prepared,
    progress: &Progress<'_>,
    told: &ClusterTold<'_>,
) -> Result<Walked, Error> {
    check_files_for(&prepared.study, engine)?;
    match engine {
        Engine::Local => walk(prepared, progress),
        #[cfg(feature = "cluster")]
        Engine::Ballista { scheduler } => {
            crate::walk::walk_cluster(prepared, scheduler, progress, told)
        }
        #[cfg(not(feature = "cluster"))]
        Engine::Ballista { .. } => {
            let _ = told;
            Err(without_cluster())
        }
    }
}

/// Said by a program without the cluster.
#[cfg(not(feature = "cluster"))]
pub fn without_cluster() -> Error {
    Error::Usage(
        "this program was built without the cluster; build it with `cargo build --release --features inclusion/cluster`, or use `--engine local`"
            .to_string(),
    )
}
