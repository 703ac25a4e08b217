//! Who is at the scheduler's address, before anything is sent there.
//!
//! The port of the scheduler answers plain HTTP beside gRPC: `/readyz` says how many executors have
//! joined, and every answer names the version. An older scheduler would queue a job before its client could
//! see that the versions differ.

use crate::{Error, PATIENCE, VERSION};
use std::io::{Error as IoError, ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Instant;

/// The answer is a few lines.
const LONGEST: usize = 64 << 10;

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
/// [`Error::NoScheduler`], [`Error::NoAnswer`], [`Error::NotAScheduler`], [`Error::Versions`] or
/// [`Error::NoExecutor`].
pub fn greet(scheduler: &str) -> Result<Cluster, Error> {
    let silent = |error: IoError| match error.kind() {
        ErrorKind::WouldBlock | ErrorKind::TimedOut => {
            Error::NoAnswer { scheduler: scheduler.into() }
        }
        _ => Error::NoScheduler { scheduler: scheduler.into(), reason: error.to_string() },
    };
    let other = |reason: &str| Error::NotAScheduler {
        scheduler: scheduler.into(),
        reason: reason.to_string(),
    };
    let answer = ask(scheduler).map_err(silent)?;
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
    Err(last.unwrap_or_else(|| IoError::other("the name has no address")))
}

fn answer(mut stream: TcpStream, scheduler: &str) -> std::io::Result<Vec<u8>> {
    let until = Instant::now() + PATIENCE;
    stream.set_write_timeout(Some(PATIENCE))?;
    let request = format!("GET /readyz HTTP/1.1\r\nHost: {scheduler}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let (mut answer, mut piece) = (Vec::new(), [0; 1024]);
    // The time is that of the whole answer, which may come in drops.
    while answer.len() < LONGEST {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(ErrorKind::TimedOut.into());
        }
        stream.set_read_timeout(Some(left))?;
        match stream.read(&mut piece)? {
            0 => break,
            read => answer.extend_from_slice(&piece[..read]),
        }
    }
    Ok(answer)
}
