//! A store on loopback that speaks as much of S3 as is read with: objects, whole and in ranges, their heads,
//! and lists of them, to whoever has its key.
//!
//! It is of this test because what else there is for it (moto) is 130 packages of Python.

use crate::processes::Variables;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// Who may read, and what he signs with.
pub const KEY: &str = "AKIAOFTHETEST";
pub const SECRET: &str = "SecretOfTheTest";
pub const BUCKET: &str = "surveys";

type Objects = BTreeMap<String, Vec<u8>>;
/// A key, and how often it is said to be there before it once is not.
type Forgotten = Option<(String, usize)>;

/// A store with one bucket.
pub struct Store {
    address: SocketAddr,
    objects: Arc<Mutex<Objects>>,
    asked: Arc<Mutex<Vec<String>>>,
    forgotten: Arc<Mutex<Forgotten>>,
}

impl Store {
    pub fn start() -> Store {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let store = Store {
            address: listener.local_addr().expect("an address"),
            objects: Arc::default(),
            asked: Arc::default(),
            forgotten: Arc::default(),
        };
        let (objects, asked) = (store.objects.clone(), store.asked.clone());
        let forgotten = store.forgotten.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (objects, asked) = (objects.clone(), asked.clone());
                let forgotten = forgotten.clone();
                // A client that goes away ends its thread.
                std::thread::spawn(move || serve(&stream, &objects, &asked, &forgotten));
            }
        });
        store
    }

    pub fn put(&self, key: &str, bytes: Vec<u8>) {
        self.objects.lock().expect("objects").insert(key.to_string(), bytes);
    }

    /// The store will say so often that an object is there, and then once that it is not.
    pub fn forget(&self, key: &str, after: usize) {
        *self.forgotten.lock().expect("a key") = Some((key.to_string(), after));
    }

    /// It has said so.
    pub fn has_forgotten(&self) -> bool {
        self.forgotten.lock().expect("a key").is_none()
    }

    /// What was asked for: method, key, range.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("requests").clone()
    }

    /// What a process has in its environment to read here.
    pub fn variables(&self) -> Variables {
        vec![
            ("AWS_ACCESS_KEY_ID", KEY.to_string()),
            ("AWS_SECRET_ACCESS_KEY", SECRET.to_string()),
            ("AWS_REGION", "eu-west-1".to_string()),
            ("AWS_ENDPOINT_URL", format!("http://{}", self.address)),
            ("AWS_ALLOW_HTTP", "true".to_string()),
        ]
    }
}

/// An answer: status, headers, body.
type Answer = (&'static str, String, Vec<u8>);

/// Answers one request after the other.
fn serve(
    stream: &TcpStream,
    objects: &Mutex<Objects>,
    asked: &Mutex<Vec<String>>,
    forgotten: &Mutex<Forgotten>,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    loop {
        let mut lines: Vec<String> = Vec::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
            match line.trim_end() {
                "" => break,
                line => lines.push(line.to_string()),
            }
        }
        let first: Vec<&str> = lines[0].split(' ').collect();
        let header = |name: &str| {
            let own = lines[1..].iter().filter_map(|line| line.split_once(':'));
            let mut own = own.filter(|(own, _)| own.eq_ignore_ascii_case(name));
            own.next().map(|(_, value)| value.trim().to_string())
        };
        let (method, target) = (first[0], first[1]);
        let range = header("range");
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let path = decoded(path);
        let said = format!("{method} {path} {}", range.as_deref().unwrap_or("whole"));
        asked.lock().expect("requests").push(said);
        let user = header("authorization").unwrap_or_default();
        let allowed = user.contains(&format!("Credential={KEY}/"));
        let gone = method == "HEAD" && is_forgotten(&path, &mut forgotten.lock().expect("a key"));
        let (status, more, body) = match allowed {
            true if gone => fault("404 Not Found", "NoSuchKey", "There is no such key."),
            true => answer(&objects.lock().expect("objects"), &path, query, range.as_deref()),
            false => fault("403 Forbidden", "InvalidAccessKeyId", "The key is not known."),
        };
        let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n{more}\r\n", body.len());
        let mut stream = stream;
        stream.write_all(head.as_bytes())?;
        if method != "HEAD" {
            stream.write_all(&body)?;
        }
    }
}

/// Whether this is the time at which the store says that an object is not there.
fn is_forgotten(path: &str, forgotten: &mut Forgotten) -> bool {
    match forgotten {
        Some((key, left)) if path.strip_prefix(&format!("/{BUCKET}/")) == Some(key) => {
            if *left == 0 {
                *forgotten = None;
                return true;
            }
            *left -= 1;
            false
        }
        _ => false,
    }
}

fn answer(objects: &Objects, path: &str, query: &str, range: Option<&str>) -> Answer {
    let rest = path.trim_start_matches('/');
    let (bucket, key) = rest.split_once('/').unwrap_or((rest, ""));
    if bucket != BUCKET {
        return fault("404 Not Found", "NoSuchBucket", "There is no such bucket.");
    }
    if key.is_empty() && query.contains("list-type=2") {
        let prefix = query.split('&').find_map(|part| part.strip_prefix("prefix="));
        return list(objects, &decoded(prefix.unwrap_or_default()));
    }
    let Some(bytes) = objects.get(key) else {
        return fault("404 Not Found", "NoSuchKey", "There is no such key.");
    };
    let size = bytes.len();
    let more = format!(
        "ETag: \"{size:x}\"\r\nLast-Modified: Wed, 21 Oct 2015 07:28:00 GMT\r\nContent-Type: application/octet-stream\r\n"
    );
    let Some(range) = range.and_then(|range| range.strip_prefix("bytes=")) else {
        return ("200 OK", more, bytes.clone());
    };
    let (start, end) = range.split_once('-').expect("a range");
    let number = |text: &str| text.parse::<usize>().ok();
    let (start, end) = match (number(start), number(end)) {
        (Some(start), end) => (start, end.map_or(size, |end| end + 1).min(size)),
        (None, last) => (size.saturating_sub(last.expect("a range")), size),
    };
    let more = format!("{more}Content-Range: bytes {start}-{}/{size}\r\n", end - 1);
    ("206 Partial Content", more, bytes[start..end].to_vec())
}

fn list(objects: &Objects, prefix: &str) -> Answer {
    let found = objects.iter().filter(|(key, _)| key.starts_with(prefix));
    let contents: String = found
        .map(|(key, bytes)| {
            let size = bytes.len();
            format!("<Contents><Key>{key}</Key><LastModified>2015-10-21T07:28:00.000Z</LastModified><ETag>\"{size:x}\"</ETag><Size>{size}</Size></Contents>")
        })
        .collect();
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListBucketResult><Name>{BUCKET}</Name><IsTruncated>false</IsTruncated>{contents}</ListBucketResult>"
    );
    ("200 OK", "Content-Type: application/xml\r\n".to_string(), body.into_bytes())
}

/// An answer as S3 gives it, with the key that was used in it.
fn fault(status: &'static str, code: &str, message: &str) -> Answer {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message><AWSAccessKeyId>{KEY}</AWSAccessKeyId></Error>"
    );
    (status, "Content-Type: application/xml\r\n".to_string(), body.into_bytes())
}

/// A text in which marks are written by their number.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = std::str::from_utf8(after.get(..2).unwrap_or_default()).unwrap_or_default();
        match (first, u8::from_str_radix(hex, 16)) {
            (b'%', Ok(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}
