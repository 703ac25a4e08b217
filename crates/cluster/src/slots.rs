//! The free places of executors, put right after one of them was lost.
//!
//! When the engine's scheduler loses an executor it takes back the tasks that others have begun with what the
//! lost one gave, and forgets that they held places there: an executor of one place would never get a task
//! again, and every job after it would wait for ever. So of an executor that has no task of any job, all
//! places are free.

use ballista_core::JobId;
use ballista_core::error::Result;
use ballista_core::serde::protobuf::{AvailableVcores, ExecutorHeartbeat};
use ballista_core::serde::scheduler::{ExecutorData, ExecutorMetadata};
use ballista_scheduler::cluster::memory::InMemoryClusterState;
use ballista_scheduler::cluster::{
    BoundTask, ClusterState, ClusterStateEventStream, DistributionPolicy, ExecutorSlot,
};
use ballista_scheduler::config::TaskDistributionPolicy;
use ballista_scheduler::state::task_manager::JobInfoCache;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

type Jobs = Arc<HashMap<JobId, JobInfoCache>>;

/// The engine's record of executors, with the places of each.
#[derive(Default)]
pub struct Slots {
    engine: InMemoryClusterState,
    places: Mutex<Places>,
}

#[derive(Default)]
struct Places {
    /// How many each executor has.
    all: HashMap<String, u32>,
    /// Those that were there when another was lost.
    doubtful: HashSet<String>,
}

impl Slots {
    fn places(&self) -> std::sync::MutexGuard<'_, Places> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Frees all places of the doubtful executors that have nothing to do.
    async fn put_right(&self, jobs: &Jobs) -> Result<()> {
        let doubtful = self.places().doubtful.clone();
        if doubtful.is_empty() {
            return Ok(());
        }
        let mut busy = HashSet::new();
        for job in jobs.values() {
            let tasks = job.execution_graph.read().await.running_tasks();
            busy.extend(tasks.into_iter().map(|task| task.executor_id));
        }
        let free = Free::default();
        let asked = TaskDistributionPolicy::Custom(Arc::new(free.clone()));
        self.engine.bind_schedulable_tasks(asked, jobs.clone(), None).await?;
        let mut lost = Vec::new();
        {
            let free = free.0.lock().unwrap_or_else(PoisonError::into_inner);
            let mut places = self.places();
            for executor in doubtful.difference(&busy) {
                places.doubtful.remove(executor);
                let of = |known: &HashMap<String, u32>| known.get(executor).copied().unwrap_or(0);
                lost.push((executor.clone(), of(&places.all).saturating_sub(of(&free))));
            }
        }
        self.engine.unbind_tasks(lost).await
    }
}

/// A distribution that hands out nothing and notes how many places are free.
#[derive(Debug, Clone, Default)]
struct Free(Arc<Mutex<HashMap<String, u32>>>);

#[async_trait::async_trait]
impl DistributionPolicy for Free {
    async fn bind_tasks(
        &self,
        budgets: Vec<&mut AvailableVcores>,
        _: Jobs,
    ) -> datafusion::error::Result<Vec<BoundTask>> {
        let mut free = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        free.extend(budgets.iter().map(|own| (own.executor_id.clone(), own.vcores)));
        Ok(Vec::new())
    }

    fn name(&self) -> &str {
        "free places"
    }
}

#[async_trait::async_trait]
impl ClusterState for Slots {
    async fn bind_schedulable_tasks(
        &self,
        distribution: TaskDistributionPolicy,
        active_jobs: Jobs,
        executors: Option<HashSet<String>>,
    ) -> Result<Vec<BoundTask>> {
        self.put_right(&active_jobs).await?;
        self.engine.bind_schedulable_tasks(distribution, active_jobs, executors).await
    }

    async fn unbind_tasks(&self, executor_slots: Vec<ExecutorSlot>) -> Result<()> {
        self.engine.unbind_tasks(executor_slots).await
    }

    async fn register_executor(
        &self,
        metadata: ExecutorMetadata,
        spec: ExecutorData,
    ) -> Result<()> {
        self.places().all.insert(spec.executor_id.clone(), spec.total_vcores);
        self.engine.register_executor(metadata, spec).await
    }

    async fn save_executor_metadata(&self, metadata: ExecutorMetadata) -> Result<()> {
        self.engine.save_executor_metadata(metadata).await
    }

    async fn get_executor_metadata(&self, executor_id: &str) -> Result<ExecutorMetadata> {
        self.engine.get_executor_metadata(executor_id).await
    }

    async fn registered_executor_metadata(&self) -> Vec<ExecutorMetadata> {
        self.engine.registered_executor_metadata().await
    }

    async fn save_executor_heartbeat(&self, heartbeat: ExecutorHeartbeat) -> Result<()> {
        self.engine.save_executor_heartbeat(heartbeat).await
    }

    async fn remove_executor(&self, executor_id: &str) -> Result<()> {
        {
            let mut places = self.places();
            places.all.remove(executor_id);
            places.doubtful = places.all.keys().cloned().collect();
        }
        self.engine.remove_executor(executor_id).await
    }

    fn executor_heartbeats(&self) -> HashMap<String, ExecutorHeartbeat> {
        self.engine.executor_heartbeats()
    }

    fn get_executor_heartbeat(&self, executor_id: &str) -> Option<ExecutorHeartbeat> {
        self.engine.get_executor_heartbeat(executor_id)
    }

    async fn cluster_state_events(&self) -> Result<ClusterStateEventStream> {
        self.engine.cluster_state_events().await
    }
}
