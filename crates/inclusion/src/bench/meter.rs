//! CPU time, wall time and peak memory of this process.
//!
//! CPU time is that of all threads, in user and in system mode. Peak memory is the largest resident
//! set since the meter began where the system lets it be reset (Linux), else since the process did.

use std::time::Instant;

/// What something cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cost {
    /// CPU-seconds of all threads, user and system; `None` where the system does not tell.
    pub cpu: Option<f64>,
    /// Seconds of wall time.
    pub wall: f64,
    /// Largest resident memory, in bytes; `None` where the system does not tell.
    pub peak: Option<u64>,
}

/// A running measurement.
#[derive(Debug, Clone, Copy)]
pub struct Meter {
    cpu: Option<f64>,
    wall: Instant,
}

impl Meter {
    /// Begins.
    pub fn start() -> Meter {
        reset_peak();
        Meter::now()
    }

    /// Begins without resetting the peak of memory.
    fn now() -> Meter {
        Meter { cpu: cpu(), wall: Instant::now() }
    }

    /// What was used since the beginning.
    pub fn cost(&self) -> Cost {
        let (cpu, wall) = self.time();
        Cost { cpu, wall, peak: peak() }
    }

    /// CPU-seconds and seconds of wall time since the beginning; a microsecond's work.
    pub(super) fn time(&self) -> (Option<f64>, f64) {
        let now = Meter::now();
        let cpu = self.cpu.zip(now.cpu).map(|(from, to)| to - from);
        (cpu, (now.wall - self.wall).as_secs_f64())
    }
}

fn cpu() -> Option<f64> {
    let time = cpu_time::ProcessTime::try_now().ok()?;
    Some(time.as_duration().as_secs_f64())
}

/// The peak of the resident set as `/proc/self/status` tells it, in kibibytes there.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib * 1024)
}

/// 5 resets the peak (Linux, proc_pid_clear_refs(5)); where that is not allowed the peak is that of
/// the whole process.
fn reset_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_busy_thread_and_its_memory_are_seen() {
        let meter = Meter::start();
        let full = vec![1u8; 64 << 20];
        let mut sum = 0u64;
        while meter.cost().cpu.expect("Linux tells") < 0.02 {
            sum += full.iter().map(|byte| u64::from(*byte)).sum::<u64>();
        }
        assert_eq!(sum % (64 << 20), 0);
        let cost = meter.cost();
        assert!(cost.peak.expect("Linux tells") >= 64 << 20, "{cost:?}");
        assert!(cost.wall > 0.0 && cost.cpu.expect("Linux tells") >= 0.02, "{cost:?}");
    }
}
