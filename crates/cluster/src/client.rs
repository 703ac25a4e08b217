//! The client: tables are registered, the statement runs on the cluster, its batches come back.

use crate::meaning::{Meaning, failed_between_processes, speaks_of};
use crate::stop::{Run, signal_so_far, signalled};
use crate::store::{address, environment, is_object, plain};
use crate::{BoxError, Cluster, Error, PATIENCE, STACK, Take, greet, runtime};
use arrow::array::{AsArray, RecordBatch};
use arrow::datatypes::Int64Type;
use ballista::prelude::{SessionConfigExt, SessionContextExt};
use ballista_core::config::{
    BALLISTA_ADAPTIVE_PLANNER_ENABLED, BALLISTA_CLIENT_GRPC_CONNECT_TIMEOUT_SECONDS,
    BALLISTA_CLIENT_GRPC_TIMEOUT_SECONDS, BALLISTA_CLIENT_PULL,
};
use ballista_core::execution_plans::DistributedQueryExec;
use ballista_core::serde::protobuf::scheduler_grpc_client::SchedulerGrpcClient;
use ballista_core::serde::protobuf::{CancelJobParams, CleanJobDataParams, GetJobMetricsParams};
use datafusion::error::DataFusionError;
use datafusion::execution::SessionStateBuilder;
use datafusion::execution::TaskContext;
use datafusion::physical_plan::{ExecutionPlan, collect, execute_stream};
use datafusion::prelude::{ParquetReadOptions, SessionConfig, SessionContext};
use datafusion_proto::protobuf::LogicalPlanNode;
use futures::StreamExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::timeout;

/// Jobs of one statement before it is given up.
const ATTEMPTS: usize = 3;
/// Between two questions how far a job is.
const PAUSE: Duration = Duration::from_millis(500);
/// Parts that rows are divided into between two stages, and tasks of a stage. A result does not depend on it.
const PARTITIONS: usize = 16;

/// A table of statements: Parquet files of one schema, by paths that scheduler and executors have, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name in the statements.
    pub name: String,
    /// Absolute paths or names of objects, and the number of rows that each file has here.
    pub files: Vec<(PathBuf, u64)>,
}

/// Statements and where they run.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    /// Host and port of the scheduler.
    pub scheduler: &'a str,
    /// Name of the jobs.
    pub name: &'a str,
    /// The statements.
    pub sql: &'a [&'a str],
    /// Their tables.
    pub tables: &'a [Table],
}

/// What is told of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// It was given to a cluster.
    Submitted(Cluster),
    /// So many stages of one of its statements are done.
    Stages(usize),
    /// It was lost with an executor and runs once more.
    Again(String),
}

/// The configuration of who fetches results, driver or executor: the engine has no limit for it, and an executor
/// that hangs, which answers no ping, would hold the task that reads from it, and its place, for ever.
pub(crate) fn patient(config: SessionConfig) -> SessionConfig {
    config.with_ballista_override_create_grpc_client_endpoint(Arc::new(|endpoint| {
        Ok(endpoint
            .connect_timeout(PATIENCE)
            .http2_keep_alive_interval(PATIENCE)
            .keep_alive_timeout(PATIENCE))
    }))
}

/// The plan whose job runs, or is about to.
type Running = Mutex<Option<Arc<dyn ExecutionPlan>>>;

/// Runs statements, one after the other, and hands over the batches of each as they come, with its place
/// among them; first one without rows, for its columns.
///
/// A job that is lost with its executors is run again from its beginning, and the statements before it
/// with it, three times in all: none instead of a batch says that all begins anew. When a result is here,
/// the shuffle files of its job are removed. A scheduler that gives no answer for [`PATIENCE`] ends the
/// run; a signal does after [`crate::cancel_on_signals`].
///
/// # Errors
///
/// [`Error`], of which each says what to do; what was handed over before is then of no use. `take` may
/// end the run by an error of its own, [`Error::Taken`].
pub fn run(
    query: &Query<'_>,
    told: &(dyn Fn(Event) + Sync),
    take: &mut Take<'_>,
) -> Result<(), Error> {
    let _run = Run::begin();
    let runtime = runtime()?;
    let mut reason = String::new();
    for attempt in 0..ATTEMPTS {
        if attempt > 0 {
            told(Event::Again(std::mem::take(&mut reason)));
            take(None).map_err(Error::Taken)?;
        }
        told(Event::Submitted(greet(query.scheduler)?));
        // The plan is made on this thread, whose stack may be a small one.
        let made = std::thread::scope(|scope| {
            let own = std::thread::Builder::new().stack_size(STACK);
            let run = || runtime.block_on(attempted_or_stopped(query, told, take));
            let thread = own.spawn_scoped(scope, run).map_err(|e| Error::Process(e.to_string()))?;
            thread.join().map_err(|_| Error::Process("the client stopped".to_string()))?
        });
        match made {
            Err(Error::Lost { reason: why, .. }) => reason = why,
            other => return other,
        }
    }
    Err(Error::Lost { attempts: ATTEMPTS, reason })
}

/// An attempt, which a signal ends with its job.
async fn attempted_or_stopped(
    query: &Query<'_>,
    told: &(dyn Fn(Event) + Sync),
    take: &mut Take<'_>,
) -> Result<(), Error> {
    let running = Running::default();
    let stopped = |signal: i32| Error::Stopped {
        scheduler: query.scheduler.to_string(),
        signal: signal as u8,
    };
    let mut attempt = std::pin::pin!(attempted(query, told, take, &running));
    let signal = tokio::select! {
        done = &mut attempt => return signal_so_far().map_or(done, |signal| Err(stopped(signal))),
        signal = signalled() => signal,
    };
    let plan = || running.lock().unwrap_or_else(PoisonError::into_inner).clone();
    // A job that was just sent is not known until the scheduler answers.
    let known = async {
        while plan().is_some_and(|plan| job(&plan).is_none()) {
            tokio::time::sleep(PAUSE).await;
        }
    };
    tokio::select! {
        _ = &mut attempt => {}
        _ = timeout(PATIENCE, known) => {}
    }
    if let Some(plan) = plan() {
        clean(query, &plan, false).await;
    }
    Err(stopped(signal))
}

async fn attempted(
    query: &Query<'_>,
    told: &(dyn Fn(Event) + Sync),
    take: &mut Take<'_>,
    running: &Running,
) -> Result<(), Error> {
    let failed = |error: DataFusionError| explained(query, &error);
    let config = SessionConfig::new_with_ballista()
        .with_target_partitions(PARTITIONS)
        .with_ballista_job_name(query.name)
        // A plan that is made anew between stages loses its place when an executor is lost after the first of
        // them, and has no end where a stage has no row: the job would wait for ever.
        .set_bool(BALLISTA_ADAPTIVE_PLANNER_ENABLED, false)
        // A job's end is asked for, so that each request has a time limit and a scheduler that hangs is
        // noticed.
        .set_bool(BALLISTA_CLIENT_PULL, true)
        .set_u64(BALLISTA_CLIENT_GRPC_CONNECT_TIMEOUT_SECONDS, PATIENCE.as_secs())
        .set_u64(BALLISTA_CLIENT_GRPC_TIMEOUT_SECONDS, PATIENCE.as_secs());
    let environment = environment().build_arc().map_err(failed)?;
    let state = SessionStateBuilder::new()
        .with_config(patient(config))
        .with_runtime_env(environment)
        .with_default_features()
        .build();
    let url = format!("df://{}", query.scheduler);
    let context = SessionContext::remote_with_state(&url, state).await.map_err(failed)?;
    for table in query.tables {
        register(&context, table).await?;
        seen(query, &context, table, running).await?;
    }
    for (at, sql) in query.sql.iter().enumerate() {
        let plan = context.sql(sql).await.map_err(failed)?;
        let plan = plan.create_physical_plan().await.map_err(failed)?;
        runs(running, Some(&plan));
        let done = tokio::select! {
            done = handed_over(at, &plan, context.task_ctx(), take) => done,
            reason = watched(query, &plan, told) => Err(Stop::Lost(reason)),
        };
        clean(query, &plan, done.is_ok()).await;
        runs(running, None);
        done.map_err(|stop| match stop {
            Stop::Engine(error) => failed(error),
            Stop::Taker(error) => Error::Taken(error),
            Stop::Lost(reason) => Error::Lost { attempts: 1, reason },
        })?;
    }
    Ok(())
}

/// Notes the plan whose job runs.
fn runs(running: &Running, plan: Option<&Arc<dyn ExecutionPlan>>) {
    *running.lock().unwrap_or_else(PoisonError::into_inner) = plan.cloned();
}

/// Why the batches of a statement end before the last.
enum Stop {
    Engine(DataFusionError),
    Taker(BoxError),
    /// An executor was lost.
    Lost(String),
}

/// Hands over the batches of a statement.
async fn handed_over(
    at: usize,
    plan: &Arc<dyn ExecutionPlan>,
    context: Arc<TaskContext>,
    take: &mut Take<'_>,
) -> Result<(), Stop> {
    let mut batches = execute_stream(plan.clone(), context).map_err(Stop::Engine)?;
    let none = RecordBatch::new_empty(batches.schema());
    take(Some((at, none))).map_err(Stop::Taker)?;
    while let Some(batch) = batches.next().await {
        let batch = batch.map_err(Stop::Engine)?;
        take(Some((at, batch))).map_err(Stop::Taker)?;
    }
    Ok(())
}

/// Tells how far a job is, for as long as it is waited for; ends with the reason where an executor was lost.
/// The engine does the tasks of such a one elsewhere, but a task that reads from it may wait for ever, and what
/// it gave may be counted twice.
async fn watched(
    query: &Query<'_>,
    plan: &Arc<dyn ExecutionPlan>,
    told: &(dyn Fn(Event) + Sync),
) -> String {
    let (mut known, mut most) = (0, 0);
    loop {
        tokio::time::sleep(PAUSE).await;
        if let Some(stages) = stages(query, plan).await.filter(|stages| *stages != known) {
            known = stages;
            told(Event::Stages(stages));
        }
        let scheduler = query.scheduler.to_string();
        let asked = tokio::task::spawn_blocking(move || greet(&scheduler)).await;
        // A scheduler that does not answer ends the job by itself.
        let Ok(Ok(Cluster { executors, .. })) = asked else { continue };
        most = most.max(executors);
        if executors < most {
            return format!("{} of {most} executors went away", most - executors);
        }
    }
}

/// Makes a table of Parquet files.
async fn register(context: &SessionContext, table: &Table) -> Result<(), Error> {
    let first = table.files.first().map(|(path, _)| path.clone()).unwrap_or_default();
    let failed = |error: DataFusionError| Error::Table {
        path: first.clone(),
        reason: plain(&error.strip_backtrace()),
    };
    let url = |(path, _): &(PathBuf, u64)| {
        if is_object(path) {
            return address(path).map(String::from);
        }
        // As an address, so that no mark of a name means several files.
        let url = url::Url::from_file_path(path);
        Ok(url.map(String::from).unwrap_or_else(|()| path.display().to_string()))
    };
    let urls = table.files.iter().map(url).collect::<Result<Vec<String>, Error>>()?;
    // The engine looks for all files of a table in the store of the first.
    let bucket =
        |path: &Path| is_object(path).then(|| address(path).ok()?.host_str().map(String::from));
    if let Some((other, _)) = table.files.iter().find(|(path, _)| bucket(path) != bucket(&first)) {
        return Err(Error::Table {
            path: other.clone(),
            reason: format!("it is elsewhere than {}; put both into one bucket", first.display()),
        });
    }
    // Names of files may end as they like.
    let options = ParquetReadOptions { file_extension: "", ..ParquetReadOptions::default() };
    let frame = context.read_parquet(urls, options).await.map_err(&failed)?;
    context.register_table(table.name.as_str(), frame.into_view()).map_err(&failed)?;
    Ok(())
}

/// Refuses a table that the cluster does not see whole: of a file that it does not find it takes the rows of
/// the others, without a word.
async fn seen(
    query: &Query<'_>,
    context: &SessionContext,
    table: &Table,
    running: &Running,
) -> Result<(), Error> {
    let all: u64 = table.files.iter().map(|(_, rows)| rows).sum();
    let found = count(query, context, &table.name, running).await?;
    if found == all {
        return Ok(());
    }
    // Which of them it is.
    for (path, rows) in table.files.iter().filter(|(_, rows)| *rows > 0) {
        let one =
            Table { name: format!("{}__one", table.name), files: vec![(path.clone(), *rows)] };
        let _ = context.deregister_table(one.name.as_str());
        register(context, &one).await?;
        let own = count(query, context, &one.name, running).await?;
        if own != *rows {
            let reason = format!("it finds {own} of {rows} rows");
            return Err(invisible(path, reason));
        }
    }
    let path = table.files.first().map(|(path, _)| path.clone()).unwrap_or_default();
    Err(invisible(&path, format!("it finds {found} of {all} rows")))
}

/// What is here and not there.
fn invisible(path: &Path, reason: String) -> Error {
    let path = path.to_path_buf();
    match is_object(&path) {
        true => Error::Unread { path, reason },
        false => Error::Invisible { path, reason },
    }
}

/// The rows of a table, as the cluster counts them.
async fn count(
    query: &Query<'_>,
    context: &SessionContext,
    table: &str,
    running: &Running,
) -> Result<u64, Error> {
    let failed = |error: DataFusionError| explained(query, &error);
    let frame = context.sql(&format!("SELECT COUNT(*) FROM {table}")).await.map_err(failed)?;
    let plan = frame.create_physical_plan().await.map_err(failed)?;
    runs(running, Some(&plan));
    let counted = tokio::select! {
        counted = collect(plan.clone(), context.task_ctx()) => counted.map_err(failed),
        reason = watched(query, &plan, &|_| {}) => Err(Error::Lost { attempts: 1, reason }),
    };
    clean(query, &plan, counted.is_ok()).await;
    runs(running, None);
    let batches = counted?;
    let first = batches.iter().find(|batch| batch.num_rows() > 0);
    let column = first.and_then(|batch| batch.column(0).as_primitive_opt::<Int64Type>());
    let value = column.map(|column| column.value(0).unsigned_abs());
    value.ok_or_else(|| Error::Failed {
        scheduler: query.scheduler.to_string(),
        reason: "it counted no rows".to_string(),
    })
}

fn job(plan: &Arc<dyn ExecutionPlan>) -> Option<String> {
    let query = plan.downcast_ref::<DistributedQueryExec<LogicalPlanNode>>()?;
    query.job_id().map(|id| id.to_string())
}

/// How many stages of the job are done; nothing where that is not known.
async fn stages(query: &Query<'_>, plan: &Arc<dyn ExecutionPlan>) -> Option<usize> {
    let job_id = job(plan)?;
    let url = format!("http://{}", query.scheduler);
    let asked = async {
        let mut scheduler = SchedulerGrpcClient::connect(url).await.ok()?;
        scheduler.get_job_metrics(GetJobMetricsParams { job_id }).await.ok()
    };
    Some(timeout(PATIENCE, asked).await.ok()??.into_inner().stages.len())
}

/// Ends a job that failed, and lets the executors remove its shuffle files: whatever became of it, they are
/// of no use any more. What fails here the scheduler does later.
async fn clean(query: &Query<'_>, plan: &Arc<dyn ExecutionPlan>, done: bool) {
    let Some(job_id) = job(plan) else { return };
    let url = format!("http://{}", query.scheduler);
    let asked = async {
        let Ok(mut scheduler) = SchedulerGrpcClient::connect(url).await else { return };
        if !done {
            let _ = scheduler.cancel_job(CancelJobParams { job_id: job_id.clone() }).await;
        }
        let _ = scheduler.clean_job_data(CleanJobDataParams { job_id, ..Default::default() }).await;
    };
    let _ = timeout(PATIENCE, asked).await;
}

/// An error of the engine in our words.
fn explained(query: &Query<'_>, error: &DataFusionError) -> Error {
    let reason = plain(&error.strip_backtrace());
    let scheduler = query.scheduler.to_string();
    match greet(query.scheduler) {
        Err(Error::NoScheduler { reason, .. }) => {
            return Error::SchedulerGone { scheduler, reason };
        }
        Err(Error::NoExecutor { .. }) => return Error::Lost { attempts: 1, reason },
        Err(other) => return other,
        Ok(_) => {}
    }
    let files = query.tables.iter().flat_map(|table| &table.files);
    let mut objects = files.clone().filter(|(path, _)| is_object(path));
    if speaks_of(Meaning::Store, &reason)
        && let Some((first, _)) = objects.clone().next()
    {
        let key = |path: &Path| address(path).map(|url| url.path().to_string());
        let named = objects.find(|(path, _)| key(path).is_ok_and(|key| reason.contains(&key)));
        let path = named.map_or(first, |(path, _)| path);
        return invisible(path, short(&reason));
    }
    if speaks_of(Meaning::Absent, &reason) {
        let named = |(path, _): &&(PathBuf, u64)| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            name.is_some_and(|name| reason.contains(&name))
        };
        if let Some((path, _)) = files.clone().find(named) {
            return invisible(path, short(&reason));
        }
    }
    if failed_between_processes(error) || speaks_of(Meaning::Lost, &reason) {
        return Error::Lost { attempts: 1, reason: short(&reason) };
    }
    Error::Failed { scheduler, reason: short(&reason) }
}

/// The beginning of a message that may hold a whole plan.
fn short(reason: &str) -> String {
    const LONGEST: usize = 600;
    match reason.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{} …", &reason[..at]),
        None => reason.to_string(),
    }
}
