//! The processes of a cluster.

use crate::client::patient;
use crate::folder::{Folder, tidied};
use crate::slots::Slots;
use crate::store::environment;
use crate::{Error, PATIENCE, runtime};
use ballista_core::config::TaskSchedulingPolicy;
use ballista_core::error::BallistaError;
use ballista_core::utils::{default_config_producer, default_session_builder};
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::{SchedulerConfig, TaskDistributionPolicy};
use ballista_scheduler::scheduler_process::{create_scheduler, start_grpc_service_with_listener};
use datafusion::execution::SessionStateBuilder;
use datafusion_proto::protobuf::{LogicalPlanNode, PhysicalPlanNode};
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

/// Seconds without a heartbeat after which an executor is dead, and between two heartbeats.
const DEAD_AFTER: u64 = PATIENCE.as_secs();
const HEARTBEAT: u64 = 2;
/// Seconds after which the scheduler removes the shuffle files of a job whose client did not.
const CLEAN_AFTER: u64 = 300;
/// Seconds after which an executor removes shuffle files that nobody asked it to remove, and how often it
/// looks.
const FORGOTTEN_AFTER: u64 = 24 * 3600;
const LOOK_EVERY: u64 = 600;
/// Bytes of a message. A statement of many indicators is a large plan.
const MESSAGE: u32 = 256 << 20;

/// A scheduler.
#[derive(Debug, Clone)]
pub struct SchedulerOptions {
    /// Address to listen at.
    pub bind: IpAddr,
    /// Port; 0 is any.
    pub port: u16,
}

/// Runs a scheduler until the process ends; `ready` is told its address once it listens.
///
/// # Errors
///
/// [`Error::Process`] with the address.
pub fn scheduler(options: &SchedulerOptions, ready: &dyn Fn(SocketAddr)) -> Result<(), Error> {
    let at = SocketAddr::new(options.bind, options.port);
    let failed = |error: &dyn std::fmt::Display| {
        Error::Process(format!("no scheduler can listen at {at}: {error}; choose another `--port`"))
    };
    crate::said::let_speak();
    runtime()?.block_on(async {
        let listener = tokio::net::TcpListener::bind(at).await.map_err(|error| failed(&error))?;
        let address = listener.local_addr().map_err(|error| failed(&error))?;
        let config = SchedulerConfig {
            // Tasks are sent, so that heartbeats do not wait for them.
            scheduling_policy: TaskSchedulingPolicy::PushStaged,
            bind_host: options.bind.to_string(),
            bind_port: address.port(),
            external_host: options.bind.to_string(),
            // Every executor gets its share of a stage from the start.
            task_distribution: TaskDistributionPolicy::RoundRobin,
            executor_timeout_seconds: DEAD_AFTER,
            expire_dead_executor_interval_seconds: HEARTBEAT,
            no_executors_grace_period_seconds: DEAD_AFTER + HEARTBEAT,
            finished_job_data_clean_up_interval_seconds: CLEAN_AFTER,
            finished_job_state_clean_up_interval_seconds: CLEAN_AFTER,
            grpc_server_max_decoding_message_size: MESSAGE,
            grpc_server_max_encoding_message_size: MESSAGE,
            grpc_client_max_message_size: MESSAGE,
            override_session_builder: Some(Arc::new(|config| {
                let state = default_session_builder(config)?;
                let id = state.session_id().to_string();
                let environment = environment().build_arc()?;
                let builder = SessionStateBuilder::new_from_existing(state).with_session_id(id);
                Ok(builder.with_runtime_env(environment).build())
            })),
            ..SchedulerConfig::default()
        };
        let ended = |error: BallistaError| Error::Process(format!("the scheduler ended: {error}"));
        let cluster = BallistaCluster::new_from_config(&config).await.map_err(ended)?;
        let cluster = BallistaCluster::new(Arc::new(Slots::default()), cluster.job_state());
        let server =
            create_scheduler::<LogicalPlanNode, PhysicalPlanNode>(cluster, Arc::new(config));
        let server = server.await.map_err(ended)?;
        ready(address);
        start_grpc_service_with_listener(listener, server).await.map_err(ended)
    })
}

/// An executor.
#[derive(Debug, Clone)]
pub struct ExecutorOptions {
    /// Host and port of the scheduler.
    pub scheduler: String,
    /// Address to listen at.
    pub bind: IpAddr,
    /// The host by which others reach it; the address that the scheduler sees if left out.
    pub host: Option<String>,
    /// Port, of which the next is used as well; any free ones if left out.
    pub port: Option<u16>,
    /// Tasks at a time; as many as the machine has cores if left out.
    pub tasks: Option<usize>,
    /// Bytes of memory for tasks, which write to disk what is beyond; 70 % of the machine's if left out.
    pub memory: Option<u64>,
    /// Folder for shuffle files.
    pub folder: PathBuf,
}

/// Runs an executor until it is stopped; `ready` is told its address before it joins.
///
/// # Errors
///
/// [`Error::NoScheduler`], [`Error::Versions`] and the like before it starts; [`Error::Process`].
pub fn executor(options: &ExecutorOptions, ready: &dyn Fn(SocketAddr)) -> Result<(), Error> {
    let place = options.scheduler.rsplit_once(':').filter(|(host, _)| !host.contains('/'));
    let (host, scheduler_port) =
        place.and_then(|(host, port)| Some((host, port.parse().ok()?))).ok_or_else(|| {
            Error::Process(format!(
                "`--scheduler {}` is not of the form HOST:PORT, such as 127.0.0.1:50050",
                options.scheduler
            ))
        })?;
    if options.port == Some(u16::MAX) {
        let message = "an executor uses the port after `--port` as well, and there is none after 65535; choose another";
        return Err(Error::Process(message.to_string()));
    }
    match crate::greet(&options.scheduler) {
        Ok(_) | Err(Error::NoExecutor { .. }) => {}
        Err(error) => return Err(error),
    }
    let port = free(options.bind, options.port)?;
    // Where the scheduler sends tasks; results are fetched at the other.
    let grpc_port = free(options.bind, options.port.map(|port| port + 1))?;
    let id = format!("executor-{}-{port}", std::process::id());
    let folder = Folder::new(&options.folder, &id)?;
    let spilled = folder.path.clone();
    let mut config = ExecutorProcessConfig {
        task_scheduling_policy: TaskSchedulingPolicy::PushStaged,
        bind_host: options.bind.to_string(),
        external_host: options.host.clone(),
        port,
        grpc_port,
        scheduler_host: host.to_string(),
        scheduler_port,
        work_dir: Some(folder.path.display().to_string()),
        job_data_ttl_seconds: FORGOTTEN_AFTER,
        job_data_clean_up_interval_seconds: LOOK_EVERY,
        executor_heartbeat_interval_seconds: HEARTBEAT,
        grpc_max_decoding_message_size: MESSAGE,
        grpc_max_encoding_message_size: MESSAGE,
        memory_pool_size: options.memory,
        override_config_producer: Some(Arc::new(|| patient(default_config_producer()))),
        override_runtime_producer: Some(Arc::new(move |_| {
            environment().with_temp_file_path(&spilled).build_arc()
        })),
        ..ExecutorProcessConfig::default()
    };
    config.vcores = options.tasks.unwrap_or(config.vcores);
    crate::said::let_speak();
    ready(SocketAddr::new(options.bind, port));
    let ended = runtime()?.block_on(async {
        let tidy = tokio::spawn(tidied(options.scheduler.clone(), folder.path.clone()));
        let ended = start_executor_process(Arc::new(config)).await;
        tidy.abort();
        ended
    });
    ended.map_err(|error| Error::Process(format!("the executor ended: {error}")))
}

/// The port that is named, or any that is free.
fn free(bind: IpAddr, port: Option<u16>) -> Result<u16, Error> {
    let at = SocketAddr::new(bind, port.unwrap_or(0));
    let found = TcpListener::bind(at).and_then(|listener| listener.local_addr());
    found.map(|address| address.port()).map_err(|error| {
        Error::Process(format!("no executor can listen at {at}: {error}; choose another `--port`"))
    })
}
