//! Runs the parts of `cargo xtask test` one after another, goes on after a failure, and sums up.

use std::time::{Duration, Instant};

use crate::console::{heading, say};
use crate::counts::Counts;
use crate::failure::Failure;

/// One part that ran.
struct Part {
    name: &'static str,
    counts: Counts,
    took: Duration,
}

/// The parts so far.
pub struct Report {
    parts: Vec<Part>,
    began: Instant,
}

impl Report {
    /// Begins.
    pub fn begin() -> Self {
        Self {
            parts: Vec::new(),
            began: Instant::now(),
        }
    }

    /// Runs a part that counts for itself; an error is one failed check, and is shown.
    pub fn counted(
        &mut self,
        name: &'static str,
        part: impl FnOnce() -> Result<Counts, Failure>,
    ) -> bool {
        heading(name);
        let began = Instant::now();
        let counts = part().unwrap_or_else(|failure| {
            if !failure.is_already_told() {
                say(&failure.to_string());
            }
            Counts::one(false)
        });
        self.parts.push(Part {
            name,
            counts,
            took: began.elapsed(),
        });
        counts.failed == 0
    }

    /// Runs a part that holds or does not.
    pub fn one(&mut self, name: &'static str, part: impl FnOnce() -> Result<(), Failure>) -> bool {
        self.counted(name, || part().map(|()| Counts::one(true)))
    }

    /// Notes a part that could not be tried, as one failed check.
    pub fn not_tried(&mut self, name: &'static str, reason: &str) {
        self.counted(name, || {
            say(&format!("Not tried: {reason}"));
            Ok(Counts::one(false))
        });
    }

    /// Prints the table and, alone on the last line, the sum.
    pub fn end(self) -> Result<(), Failure> {
        heading("Summary");
        for line in self.table() {
            say(&line);
        }
        let total = self.total();
        say("");
        say(&total.line());
        if total.failed == 0 {
            Ok(())
        } else {
            Err(Failure::Checks)
        }
    }

    fn total(&self) -> Counts {
        let mut total = Counts::default();
        for part in &self.parts {
            total += part.counts;
        }
        total
    }

    fn table(&self) -> Vec<String> {
        let mut lines = vec![format!(
            "{:<34} {:>7} {:>7} {:>8} {:>9}",
            "part", "passed", "failed", "skipped", "time"
        )];
        for part in &self.parts {
            lines.push(format!(
                "{:<34} {:>7} {:>7} {:>8} {:>9}",
                part.name,
                part.counts.passed,
                part.counts.failed,
                part.counts.skipped,
                clock(part.took)
            ));
        }
        lines.push(format!("{:<34} {:>34}", "all", clock(self.began.elapsed())));
        lines
    }
}

fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Report, clock};
    use crate::counts::Counts;
    use crate::failure::Failure;

    #[test]
    fn goes_on_after_a_failing_part_and_fails_at_the_end() {
        let mut report = Report::begin();
        assert!(!report.one("first", || Err(Failure::Checks)));
        assert!(report.one("second", || Ok(())));
        assert_eq!(report.total().line(), "1 passed, 1 failed");
        assert!(report.end().is_err());
    }

    #[test]
    fn a_part_with_a_failed_check_is_not_green() {
        let mut report = Report::begin();
        let counts = Counts {
            passed: 5,
            failed: 1,
            skipped: 0,
        };
        assert!(!report.counted("part", || Ok(counts)));
    }

    #[test]
    fn long_times_are_in_minutes() {
        assert_eq!(clock(Duration::from_secs(125)), "2 min 05 s");
        assert_eq!(clock(Duration::from_millis(1500)), "1.5 s");
    }
}
