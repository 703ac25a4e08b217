//! Objects of a store that speaks S3, for the command and for the processes of a cluster.
//!
//! Where the store is and who asks is told by the usual variables of the environment (`AWS_…`), to each
//! process by its own: no plan, message or output holds a credential. A key stands in a study as it is, and
//! nothing in it is escaped.

use crate::{Error, runtime};
use arrow::datatypes::SchemaRef;
use datafusion::error::Result as EngineResult;
use datafusion::execution::object_store::{DefaultObjectStoreRegistry, ObjectStoreRegistry};
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::parquet::arrow::arrow_reader::ArrowReaderMetadata;
use datafusion::parquet::errors::ParquetError;
use datafusion::parquet::file::metadata::ParquetMetaDataReader;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path as Key;
use object_store::{GetOptions, GetRange, ObjectStore, RetryConfig};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

const SCHEME: &str = "s3";
/// How often a request is made again, and for how long: a store that is busy answers by then.
const RETRIES: usize = 5;
const RETRIED_FOR: Duration = Duration::from_secs(60);
/// What is fetched first of a file's end: the footer of most.
const TAIL: u64 = 64 << 10;
/// What is fetched at a time of a whole file.
const PIECE: u64 = 8 << 20;

/// What is known of a Parquet object without its rows.
#[derive(Debug, Clone)]
pub struct Object {
    /// Bytes.
    pub size: u64,
    /// Rows.
    pub rows: u64,
    /// Columns.
    pub schema: SchemaRef,
    /// What the store calls this state of the object.
    tag: Option<String>,
}

/// It is the name of an object, and no path.
pub fn is_object(path: &Path) -> bool {
    path.to_str()
        .and_then(|text| text.split_once("://"))
        .is_some_and(|(scheme, _)| scheme == SCHEME)
}

/// Reads the footer of an object.
///
/// # Errors
///
/// [`Error::NoObject`], [`Error::Refused`], [`Error::NoCredentials`] or [`Error::Store`], each with the
/// variable to look at; [`Error::NotParquet`] and [`Error::Table`].
pub fn look(path: &Path) -> Result<Object, Error> {
    let told = |error: object_store::Error| failed(path, &error);
    let no_parquet = |error: ParquetError| Error::NotParquet {
        path: path.to_path_buf(),
        reason: error.to_string(),
    };
    runtime()?.block_on(async {
        let (store, key) = opened(path)?;
        let mut length = TAIL;
        loop {
            let range = Some(GetRange::Suffix(length));
            let options = GetOptions { range, ..GetOptions::default() };
            let got = store.get_opts(&key, options).await.map_err(told)?;
            let (size, tag) = (got.meta.size, got.meta.e_tag.clone());
            let bytes = got.bytes().await.map_err(told)?;
            let mut reader = ParquetMetaDataReader::new();
            match reader.try_parse_sized(&bytes, size) {
                Ok(()) => {
                    let footer = reader.finish().map_err(no_parquet)?;
                    let rows = footer.file_metadata().num_rows().unsigned_abs();
                    if rows == 0 {
                        let reason = "it has no rows".to_string();
                        return Err(Error::Table { path: path.to_path_buf(), reason });
                    }
                    let footer = ArrowReaderMetadata::try_new(Arc::new(footer), Default::default());
                    let schema = footer.map_err(no_parquet)?.schema().clone();
                    return Ok(Object { size, rows, schema, tag });
                }
                Err(ParquetError::NeedMoreData(more)) if more as u64 > length => {
                    length = more as u64;
                }
                Err(error) => return Err(no_parquet(error)),
            }
        }
    })
}

/// Reads an object from its beginning to its end, a piece at a time, until `each` says that it has enough.
///
/// # Errors
///
/// As [`look`]; [`Error::Changed`] if it is no longer the object that was looked at.
pub fn read(
    path: &Path,
    object: &Object,
    each: &mut dyn FnMut(&[u8]) -> bool,
) -> Result<(), Error> {
    let told = |error: object_store::Error| failed(path, &error);
    runtime()?.block_on(async {
        let (store, key) = opened(path)?;
        let mut done = 0;
        while done < object.size {
            let range = Some(GetRange::Bounded(done..object.size.min(done + PIECE)));
            let options =
                GetOptions { range, if_match: object.tag.clone(), ..GetOptions::default() };
            let got = store.get_opts(&key, options).await.map_err(told)?;
            let size = got.meta.size;
            let bytes = got.bytes().await.map_err(told)?;
            if size != object.size || bytes.is_empty() {
                return Err(Error::Changed { path: path.to_path_buf() });
            }
            done += bytes.len() as u64;
            if !each(&bytes) {
                break;
            }
        }
        Ok(())
    })
}

fn opened(path: &Path) -> Result<(AmazonS3, Key), Error> {
    let url = address(path)?;
    let key = Key::from_url_path(url.path())
        .map_err(|error| Error::Address { path: path.to_path_buf(), reason: error.to_string() })?;
    Ok((bucket(&url).map_err(|error| failed(path, &error))?, key))
}

/// The address by which the engine knows an object.
pub(crate) fn address(path: &Path) -> Result<Url, Error> {
    let wrong =
        |reason: &str| Error::Address { path: path.to_path_buf(), reason: reason.to_string() };
    let text = path.to_str().ok_or_else(|| wrong("it is no UTF-8"))?;
    let rest = text.strip_prefix("s3://").unwrap_or_default();
    let (bucket, key) = rest.split_once('/').unwrap_or((rest, ""));
    if bucket.is_empty() || key.is_empty() || key.ends_with('/') {
        return Err(wrong("a bucket and the key of one object are wanted"));
    }
    // Nor are keys given here, as some programs allow; they are not repeated.
    if let Some((_, own)) = bucket.rsplit_once('@') {
        let path = format!("s3://{own}/{key}").into();
        let reason = "who reads is told by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY".to_string();
        return Err(Error::Address { path, reason });
    }
    if !bucket.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c)) {
        return Err(wrong("a bucket has letters, digits, `-`, `.` and `_` only"));
    }
    let mut url =
        Url::parse(&format!("s3://{bucket}")).map_err(|error| wrong(&error.to_string()))?;
    let mut segments = url.path_segments_mut().map_err(|()| wrong("it has no key"))?;
    segments.extend(key.split('/'));
    drop(segments);
    Ok(url)
}

fn bucket(url: &Url) -> object_store::Result<AmazonS3> {
    let retry =
        RetryConfig { max_retries: RETRIES, retry_timeout: RETRIED_FOR, ..RetryConfig::default() };
    AmazonS3Builder::from_env()
        .with_bucket_name(url.host_str().unwrap_or_default())
        .with_retry(retry)
        .build()
}

/// The stores of the engine: the file system, and each bucket from when it is first asked for.
#[derive(Debug, Default)]
struct Stores(DefaultObjectStoreRegistry);

impl ObjectStoreRegistry for Stores {
    fn register_store(
        &self,
        url: &Url,
        store: Arc<dyn ObjectStore>,
    ) -> Option<Arc<dyn ObjectStore>> {
        self.0.register_store(url, store)
    }

    fn deregister_store(&self, url: &Url) -> EngineResult<Arc<dyn ObjectStore>> {
        self.0.deregister_store(url)
    }

    fn get_store(&self, url: &Url) -> EngineResult<Arc<dyn ObjectStore>> {
        match self.0.get_store(url) {
            Err(_) if url.scheme() == SCHEME => {
                let store: Arc<dyn ObjectStore> = Arc::new(bucket(url)?);
                self.0.register_store(url, store.clone());
                Ok(store)
            }
            known => known,
        }
    }
}

/// What the engine runs in, here and in each process of a cluster.
pub(crate) fn environment() -> RuntimeEnvBuilder {
    RuntimeEnvBuilder::new().with_object_store_registry(Arc::new(Stores::default()))
}

/// An error of the store in our words.
fn failed(path: &Path, error: &object_store::Error) -> Error {
    use object_store::Error::{NotFound, PermissionDenied, Precondition, Unauthenticated};
    let path = path.to_path_buf();
    let said = error.to_string();
    // Where nobody says who asks, the machine is asked for its role in Amazon's cloud.
    if ["/latest/api/token", "/latest/meta-data"].iter().any(|place| said.contains(place)) {
        return Error::NoCredentials { path };
    }
    match error {
        NotFound { .. } => Error::NoObject {
            what: if said.contains("NoSuchBucket") { "bucket" } else { "object" },
            path,
        },
        PermissionDenied { .. } | Unauthenticated { .. } => {
            Error::Refused { path, reason: answer(&said).unwrap_or_else(|| plain(&said)) }
        }
        Precondition { .. } => Error::Changed { path },
        _ => {
            let mut last: &dyn std::error::Error = error;
            while let Some(source) = last.source() {
                last = source;
            }
            let reason = answer(&said).unwrap_or_else(|| plain(&last.to_string()));
            Error::Store { path, reason }
        }
    }
}

/// A message in which answers of the store are cut to their code and sentence: the rest may tell the key
/// that was used, and what was signed with it.
pub(crate) fn plain(text: &str) -> String {
    let mut made = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("<Error>") {
        let before = &rest[..at];
        // The declaration of the XML before it.
        made.push_str(before.rfind("<?xml").map_or(before, |declared| &before[..declared]));
        let end = rest[at..].find("</Error>").map_or(rest.len(), |end| at + end + "</Error>".len());
        made.push_str(&answer(&rest[at..end]).unwrap_or_default());
        rest = &rest[end..];
    }
    made.push_str(rest);
    made
}

/// The code and the sentence of the store's answer in a message.
fn answer(text: &str) -> Option<String> {
    let between = |name: &str| {
        let (_, after) = text.split_once(&format!("<{name}>"))?;
        Some(after.split_once(&format!("</{name}>"))?.0.trim().to_string())
    };
    let code = between("Code")?;
    Some(match between("Message") {
        Some(message) => format!("{code}: {message}"),
        None => code,
    })
}
