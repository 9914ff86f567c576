//! What a benchmark found: the times of both sides, and each target with whether it was met.

use std::time::Duration;

use super::side_by_side::{Measured, shown};

/// What a benchmark found.
pub struct Findings {
    measured: Vec<Measured>,
    notes: Vec<String>,
    judged: Vec<Judged>,
}

/// A target beside what was found.
pub struct Judged {
    what: String,
    found: String,
    target: String,
    met: bool,
}

impl Findings {
    /// Times without targets.
    pub fn of(measured: Vec<Measured>) -> Self {
        Self {
            measured,
            notes: Vec::new(),
            judged: Vec::new(),
        }
    }

    /// With lines of its own below the times: what was found and is no time.
    pub fn noted(mut self, notes: Vec<String>) -> Self {
        self.notes = notes;
        self
    }

    /// With targets.
    pub fn judged(mut self, judged: Vec<Judged>) -> Self {
        self.judged = judged;
        self
    }

    /// The table of times, then the targets.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!(
            "  {:<36} {:<26} {:>10} {:>10} {:>10} {:>6}",
            "what", "side", "best", "median", "p95", "ratio"
        )];
        lines.extend(self.measured.iter().flat_map(Measured::lines));
        lines.extend(self.notes.iter().map(|note| format!("  {note}")));
        if !self.judged.is_empty() {
            lines.push(format!(
                "  {:<62} {:>10} {:>10}  verdict",
                "target", "found", "at most"
            ));
            lines.extend(self.judged.iter().map(Judged::line));
        }
        lines
    }
}

impl Judged {
    /// A time that is to stay within a limit.
    pub fn time(what: impl Into<String>, found: Duration, limit: Duration) -> Self {
        Self {
            what: what.into(),
            found: shown(found),
            target: shown(limit),
            met: found <= limit,
        }
    }

    /// A ratio that is to stay within a limit.
    pub fn ratio(what: impl Into<String>, found: f64, limit: f64) -> Self {
        Self {
            what: what.into(),
            found: format!("{found:.2}"),
            target: format!("{limit:.2}"),
            met: found <= limit,
        }
    }

    /// An amount of memory that is to stay within a limit, both in bytes.
    #[cfg(target_os = "linux")]
    pub fn memory(what: impl Into<String>, found: u64, limit: u64) -> Self {
        Self {
            what: what.into(),
            found: megabytes(found),
            target: megabytes(limit),
            met: found <= limit,
        }
    }

    /// It as a line of a table.
    pub fn line(&self) -> String {
        format!(
            "  {:<62} {:>10} {:>10}  {}",
            self.what,
            self.found,
            self.target,
            if self.met { "met" } else { "missed" }
        )
    }
}

/// An amount of memory in millions of bytes.
#[cfg(target_os = "linux")]
pub fn megabytes(bytes: u64) -> String {
    // Tenths, rounded: whole numbers lose nothing on the way.
    let tenths = (bytes + 50_000) / 100_000;
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::{Judged, megabytes};

    #[test]
    fn memory_is_told_in_megabytes_and_judged_in_bytes() {
        assert_eq!(megabytes(79_960_000), "80.0 MB");
        let verdict = |found| Judged::memory("what", found, 80_000_000).line();
        assert!(verdict(80_000_000).ends_with("  met"));
        assert!(verdict(80_000_001).ends_with("  missed"));
    }
}
