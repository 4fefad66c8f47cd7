//! What the operating system says about processes: processor time and memory, read from /proc.

use std::time::Duration;

/// Clock ticks per second of /proc; 100 on every Linux we know.
const TICKS: f64 = 100.0;

/// What /proc says about a process.
struct Stat {
    parent: u32,
    /// Its own processor time.
    used: Duration,
    /// That of its children that have ended.
    used_by_children: Duration,
}

fn stat(process: u32) -> Option<Stat> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name in parentheses may hold spaces.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |place: usize| fields.get(place)?.parse::<f64>().ok();
    Some(Stat {
        parent: fields.get(1)?.parse().ok()?,
        used: Duration::from_secs_f64((ticks(11)? + ticks(12)?) / TICKS),
        used_by_children: Duration::from_secs_f64((ticks(13)? + ticks(14)?) / TICKS),
    })
}

/// Processor time a process has used so far.
pub fn processor_time(process: u32) -> Option<Duration> {
    Some(stat(process)?.used)
}

/// The same with all its children, those that have ended too.
pub fn processor_time_of_family(process: u32) -> Option<Duration> {
    let head = stat(process)?;
    let numbers = std::fs::read_dir("/proc").ok()?.flatten();
    let numbers = numbers.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let children = numbers.filter_map(stat).filter(|child| child.parent == process);
    Some(head.used + head.used_by_children + children.map(|child| child.used).sum::<Duration>())
}

/// Whether the process runs a program of this name.
pub fn is_called(process: u32, name: &str) -> bool {
    std::fs::read_to_string(format!("/proc/{process}/comm")).is_ok_and(|found| found.trim_end() == name)
}

/// The process that started this one.
pub fn parent(process: u32) -> Option<u32> {
    Some(stat(process)?.parent)
}

/// Resident memory in MB (10^6 bytes).
pub fn resident_mb(process: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kibibytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes * 1024.0 / 1e6)
}

pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
