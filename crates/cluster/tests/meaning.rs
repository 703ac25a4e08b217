//! The words and types by which a failure of the engine is known, held against failures of the engine.

#[path = "../src/meaning.rs"]
mod meaning;

use arrow::error::ArrowError;
use ballista_core::JobId;
use ballista_core::client::BallistaClient;
use ballista_core::error::BallistaError;
use ballista_core::serde::protobuf::scheduler_grpc_client::SchedulerGrpcClient;
use ballista_core::serde::protobuf::{FailedTask, GetJobStatusParams};
use ballista_core::serde::scheduler::{PartitionId, ShuffleLayout};
use ballista_core::utils::{GrpcClientConfig, create_grpc_client_endpoint};
use datafusion::error::DataFusionError;
use datafusion::prelude::{ParquetReadOptions, SessionContext};
use meaning::{Meaning, WORDS, failed_between_processes, speaks_of};
use object_store::RetryConfig;
use object_store::aws::AmazonS3Builder;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;

/// Why a job failed if all executors went and one came back, and if results of one stage could not be
/// fetched for the next, again and again: texts of the scheduler's own.
const ALL_LOST: &str = "Job YnYQmcC failed: all executors were lost and no executor re-registered within 12s; no executors remain to run the tasks for this job";
const UNFETCHED: &str = "Job YnYQmcC failed: Job failed due to stage 3 failed: Stage 3 has failed 4 times, most recent failure reason: \"gone\"\n";

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("threads")
}

/// What an executor tells of a task that ended with an error.
fn of_task(error: DataFusionError) -> String {
    FailedTask::from(BallistaError::from(error)).error
}

/// The error of a table of which the file is gone when its rows are read.
fn absent() -> DataFusionError {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("persons.parquet");
    let name = path.to_str().expect("a path");
    runtime().block_on(async {
        let context = SessionContext::new();
        let copy = format!("COPY (VALUES (1), (2), (3)) TO '{name}' STORED AS PARQUET");
        context.sql(&copy).await.expect("a plan").collect().await.expect("a file");
        let frame = context.read_parquet(name, ParquetReadOptions::default()).await;
        let plan = frame.expect("a table").create_physical_plan().await.expect("a plan");
        std::fs::remove_file(&path).expect("a file");
        let rows = datafusion::physical_plan::collect(plan, context.task_ctx()).await;
        rows.expect_err("no file")
    })
}

/// The error of an object whose store cannot be reached, or does what it will.
fn unread(store: &str) -> DataFusionError {
    let retry = RetryConfig { max_retries: 0, ..RetryConfig::default() };
    let store = AmazonS3Builder::new()
        .with_bucket_name("surveys")
        .with_region("eu-west-1")
        .with_endpoint(format!("http://{store}"))
        .with_allow_http(true)
        .with_skip_signature(true)
        .with_retry(retry)
        .build()
        .expect("a store");
    runtime().block_on(async {
        let context = SessionContext::new();
        let url = url::Url::parse("s3://surveys").expect("an address");
        context.register_object_store(&url, Arc::new(store));
        let name = "s3://surveys/persons.parquet";
        let frame = context.read_parquet(name, ParquetReadOptions::default()).await;
        frame.expect_err("no store")
    })
}

/// The address of a store that says of each object that it is there, and lets nobody read.
fn refusing() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut head = [0; 4096];
            let read = stream.read(&mut head).unwrap_or(0);
            let answer = match head[..read].starts_with(b"HEAD") {
                true => {
                    "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nETag: \"1\"\r\nLast-Modified: Wed, 21 Oct 2015 07:28:00 GMT\r\nConnection: close\r\n\r\n"
                }
                false => "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            };
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    address
}

/// An address at which nobody listens.
fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").to_string()
}

/// An address at which somebody takes connections and says nothing, or hangs up once he is asked.
fn somebody(hangs_up: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    std::thread::spawn(move || {
        let mut kept = Vec::new();
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 1024]);
            if !hangs_up {
                kept.push(stream);
            }
        }
    });
    address
}

/// What the client makes of a scheduler that it cannot ask how far a job is.
fn unasked(address: &str) -> String {
    let config = GrpcClientConfig { timeout_seconds: 1, ..GrpcClientConfig::default() };
    runtime().block_on(async {
        let endpoint = create_grpc_client_endpoint(format!("http://{address}"), Some(&config));
        let connection = match endpoint.expect("an address").connect().await {
            Ok(connection) => connection,
            Err(error) => return format!("{error:?}"),
        };
        let mut scheduler = SchedulerGrpcClient::new(connection);
        let asked = GetJobStatusParams { job_id: "1".to_string() };
        format!("{:?}", scheduler.get_job_status(asked).await.expect_err("no answer"))
    })
}

/// What the client makes of an executor that does not give a result.
fn unfetched(address: &str) -> BallistaError {
    let (host, port) = address.split_once(':').expect("host and port");
    let port = port.parse().expect("a port");
    runtime().block_on(async {
        let client = BallistaClient::try_new(host, port, 1 << 20, false, None, 1, 0, 0, 0).await;
        let mut client = match client {
            Ok(client) => client,
            Err(error) => return error,
        };
        let partition = PartitionId::new(&JobId::new("1"), 1, 0);
        let layout = ShuffleLayout::default();
        let fetched = client.fetch_partition("executor", &partition, None, layout, true).await;
        fetched.err().expect("no result")
    })
}

#[test]
fn each_word_is_of_a_message_of_the_engine_and_each_message_is_understood() {
    let fetch = BallistaError::FetchFailed("executor".to_string(), 1, 0, "gone".to_string());
    let wrapped = BallistaError::ArrowError(Box::new(ArrowError::ExternalError(Box::new(fetch))));
    let messages = [
        (Meaning::Absent, of_task(absent())),
        (Meaning::Store, of_task(unread(&nobody()))),
        (Meaning::Store, unread(&nobody()).strip_backtrace()),
        (Meaning::Store, of_task(unread(&refusing()))),
        (Meaning::Lost, format!("{:?}", unfetched(&nobody()))),
        (Meaning::Lost, format!("{:?}", unfetched(&somebody(true)))),
        (Meaning::Lost, unasked(&nobody())),
        (Meaning::Lost, unasked(&somebody(true))),
        (Meaning::Lost, unasked(&somebody(false))),
        (Meaning::Lost, FailedTask::from(wrapped).error),
        (Meaning::Lost, ALL_LOST.to_string()),
        (Meaning::Lost, UNFETCHED.to_string()),
    ];
    for (meaning, message) in &messages {
        assert!(speaks_of(*meaning, message), "{meaning:?}: {message}");
    }
    for (meaning, words) in WORDS {
        let of_one =
            |(own, message): &(Meaning, String)| *own == meaning && message.contains(words);
        assert!(messages.iter().any(of_one), "{words}");
    }
    assert!(!speaks_of(Meaning::Lost, &of_task(absent())));
    let plan = DataFusionError::Plan("No field named age".to_string());
    for meaning in [Meaning::Store, Meaning::Absent, Meaning::Lost] {
        assert!(!speaks_of(meaning, &of_task(DataFusionError::Plan(plan.to_string()))));
    }
}

#[test]
fn a_result_that_does_not_come_is_known_by_its_type() {
    for address in [nobody(), somebody(true)] {
        assert!(failed_between_processes(&unfetched(&address).into_datafusion()), "{address}");
    }
    assert!(!failed_between_processes(&absent()));
    assert!(!failed_between_processes(&DataFusionError::Execution(ALL_LOST.to_string())));
}
