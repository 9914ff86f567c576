//! What a benchmark found: the times of both sides, and each target with whether it was met.

use std::time::Duration;

use super::side_by_side::{Measured, shown};

/// What a benchmark found.
pub struct Findings {
    measured: Vec<Measured>,
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
            judged: Vec::new(),
        }
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
