//! The folder of an executor's shuffle files, and the end of those of executors that died and of jobs that
//! ended.
//!
//! An executor that is killed removes nothing. Each has a folder of its own and, beside it, a file that it
//! keeps locked as long as it lives; whoever can lock the file of another knows that its executor is gone.
//!
//! A task that is cancelled may write after its job's files were removed, so that an executor asks for
//! itself, now and then, which of the jobs in its folder still run.

use crate::{Error, PATIENCE};
use ballista_core::serde::protobuf::GetJobStatusParams;
use ballista_core::serde::protobuf::job_status::Status;
use ballista_core::serde::protobuf::scheduler_grpc_client::SchedulerGrpcClient;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// How often an executor asks which of its jobs still run, and looks for folders of others that are gone.
const TIDY_EVERY: Duration = Duration::from_secs(15);
/// How the engine's own folders of spilled rows begin, which go with their task; all others are of jobs.
const SPILLED: &str = "datafusion-";

/// A folder that is an executor's own until this is dropped.
pub struct Folder {
    /// Its path.
    pub path: PathBuf,
    lock: PathBuf,
    _held: File,
}

impl Folder {
    /// A new folder in `parent`, whose abandoned ones are removed first.
    pub fn new(parent: &Path, id: &str) -> Result<Folder, Error> {
        let failed = |error: std::io::Error| {
            Error::Process(format!(
                "shuffle files cannot be written in {}: {error}; name another folder with `--work-dir`",
                parent.display()
            ))
        };
        std::fs::create_dir_all(parent).map_err(failed)?;
        sweep(parent).map_err(failed)?;
        let (path, lock) = (parent.join(id), parent.join(format!("{id}.lock")));
        // It has its name once it is held: a neighbour takes one that is not for abandoned.
        let unnamed = parent.join(format!("{id}.new"));
        let held = File::create(&unnamed).map_err(failed)?;
        held.lock().map_err(failed)?;
        std::fs::rename(&unnamed, &lock).map_err(failed)?;
        own_folder(&path).map_err(failed)?;
        Ok(Folder { path, lock, _held: held })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed here is swept by the next executor.
        let _ = std::fs::remove_dir_all(&self.path);
        let _ = std::fs::remove_file(&self.lock);
    }
}

/// Makes a folder that nobody else may look into: what is in it is as confidential as the microdata. One that is
/// there already is somebody's.
fn own_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// True for the name of an executor's lock, `executor-PROCESS-PORT.lock`: whatever else stands in the folder is
/// somebody else's.
fn is_lock(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    let own = name.and_then(|name| name.strip_prefix("executor-")?.strip_suffix(".lock"));
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    own.and_then(|own| own.split_once('-')).is_some_and(|(pid, port)| number(pid) && number(port))
}

/// Removes the folders of executors that are gone.
fn sweep(parent: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(parent)? {
        let lock = entry?.path();
        if !is_lock(&lock) {
            continue;
        }
        // Another may sweep the same.
        let Ok(file) = File::open(&lock) else { continue };
        match file.try_lock() {
            Ok(()) => {
                let _ = std::fs::remove_dir_all(lock.with_extension(""));
                let _ = std::fs::remove_file(&lock);
            }
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Ok(())
}

/// Removes again and again, for as long as the executor lives, what is in its folder of jobs that failed, were
/// cancelled or are not known to the scheduler any more, and the folders beside it of executors that are gone.
/// The results of a job that succeeded are its client's until the scheduler forgets it.
pub async fn tidied(scheduler: String, folder: PathBuf) {
    loop {
        sleep(TIDY_EVERY).await;
        if let Some(parent) = folder.parent().map(Path::to_path_buf) {
            // What cannot be looked through now is so the next time, or when an executor starts.
            let _ = tokio::task::spawn_blocking(move || sweep(&parent)).await;
        }
        let jobs = jobs(&folder);
        if jobs.is_empty() {
            continue;
        }
        // A scheduler that does not answer is asked the next time.
        if let Ok(Some(ended)) = timeout(PATIENCE, ended(&scheduler, jobs)).await {
            let paths = ended.into_iter().map(|job| folder.join(job)).collect::<Vec<_>>();
            // What a task writes at this very moment is removed the next time.
            let removed = tokio::task::spawn_blocking(move || {
                for path in paths {
                    let _ = std::fs::remove_dir_all(path);
                }
            });
            let _ = removed.await;
        }
    }
}

/// The jobs that have files in an executor's folder.
fn jobs(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let names = folders.filter_map(|entry| entry.file_name().into_string().ok());
    names.filter(|name| !name.starts_with(SPILLED)).collect()
}

/// Those jobs of which nothing is wanted any more; nothing where the scheduler does not answer.
async fn ended(scheduler: &str, jobs: Vec<String>) -> Option<Vec<String>> {
    let mut asked = SchedulerGrpcClient::connect(format!("http://{scheduler}")).await.ok()?;
    let mut ended = Vec::new();
    for job_id in jobs {
        let params = GetJobStatusParams { job_id: job_id.clone() };
        let told = asked.get_job_status(params).await.ok()?.into_inner();
        match told.status.and_then(|status| status.status) {
            None | Some(Status::Failed(_)) => ended.push(job_id),
            Some(Status::Queued(_) | Status::Running(_) | Status::Successful(_)) => {}
        }
    }
    Some(ended)
}
