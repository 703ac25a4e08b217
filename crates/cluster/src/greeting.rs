//! Who is at the scheduler's address, before anything is sent there.
//!
//! The port of the scheduler answers plain HTTP beside gRPC: `/readyz` says how many executors have
//! joined, and every answer names the version. An older scheduler would queue a job before its client could
//! see that the versions differ.

use crate::{Error, VERSION};
use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The answer is a few lines.
const LONGEST: u64 = 64 << 10;

/// A scheduler that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// Version of the scheduler.
    pub version: String,
    /// Executors that have joined.
    pub executors: usize,
}

/// Asks a scheduler (`HOST:PORT`) for its version and its executors.
///
/// # Errors
///
/// [`Error::NoScheduler`], [`Error::NotAScheduler`], [`Error::Versions`] or [`Error::NoExecutor`].
pub fn greet(scheduler: &str) -> Result<Cluster, Error> {
    let no_scheduler = |reason: String| Error::NoScheduler { scheduler: scheduler.into(), reason };
    let other = |reason: &str| Error::NotAScheduler {
        scheduler: scheduler.into(),
        reason: reason.to_string(),
    };
    let answer = ask(scheduler).map_err(|error| no_scheduler(error.to_string()))?;
    let text = String::from_utf8_lossy(&answer);
    let (head, body) = text.split_once("\r\n\r\n").ok_or_else(|| other("it speaks no HTTP"))?;
    if !head.starts_with("HTTP/1.1 ") {
        return Err(other("it speaks no HTTP"));
    }
    let server = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("server").then(|| value.trim().to_string())
    });
    let version = server.as_deref().and_then(|server| server.strip_prefix("ballista/"));
    let version = match (version, &server) {
        (Some(version), _) => version.to_string(),
        (None, Some(server)) => return Err(other(&format!("it is `{server}`"))),
        (None, None) => {
            return Err(other("it does not say what it is, as Ballista does from 55 on"));
        }
    };
    let major = |version: &str| version.split('.').next().map(str::to_string);
    if major(&version) != major(VERSION) {
        return Err(Error::Versions { scheduler: scheduler.into(), theirs: version });
    }
    let executors = body.split_whitespace().find_map(|word| {
        let count = word.split('/').next()?;
        count.parse::<usize>().ok()
    });
    match executors {
        Some(0) => Err(Error::NoExecutor { scheduler: scheduler.into() }),
        Some(executors) => Ok(Cluster { version, executors }),
        None => Err(other("it does not say how many executors it has")),
    }
}

fn ask(scheduler: &str) -> std::io::Result<Vec<u8>> {
    let mut last = None;
    for address in scheduler.to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, PATIENCE) {
            Ok(stream) => return answer(stream, scheduler),
            Err(error) => last = Some(error),
        }
    }
    Err(last.unwrap_or_else(|| std::io::Error::other("the name has no address")))
}

fn answer(mut stream: TcpStream, scheduler: &str) -> std::io::Result<Vec<u8>> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let request = format!("GET /readyz HTTP/1.1\r\nHost: {scheduler}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.take(LONGEST).read_to_end(&mut answer)?;
    Ok(answer)
}
