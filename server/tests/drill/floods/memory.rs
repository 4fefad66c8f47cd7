//! The memory of a process, as Linux tells it.

/// A process whose memory is watched.
#[derive(Debug, Clone, Copy)]
pub struct Memory(pub u32);

impl Memory {
    /// What is resident now, in MB (10^6 bytes).
    pub fn now(self) -> f64 {
        self.read("VmRSS:")
    }

    /// The most that was resident since [`Self::forget_peak`].
    pub fn peak(self) -> f64 {
        self.read("VmHWM:")
    }

    pub fn forget_peak(self) {
        std::fs::write(format!("/proc/{}/clear_refs", self.0), "5").expect("the process is ours");
    }

    fn read(self, name: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0)).expect("the process runs");
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kibibytes = line.and_then(|line| line.split_whitespace().next());
        let kibibytes: f64 = kibibytes.expect("Linux tells it").parse().expect("a number");
        kibibytes * 1024.0 / 1e6
    }
}
