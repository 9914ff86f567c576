//! How many checks passed, failed and were skipped, read from what each tool prints.

use std::ops::AddAssign;

/// Counts of one part or of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Checks that held.
    pub passed: u64,
    /// Checks that did not.
    pub failed: u64,
    /// Checks that were not made.
    pub skipped: u64,
}

impl Counts {
    /// One check that held or did not.
    pub fn one(passed: bool) -> Self {
        Self {
            passed: u64::from(passed),
            failed: u64::from(!passed),
            skipped: 0,
        }
    }

    /// The counts, made to agree with how the tool ended: a failure without a count is one failed check, and
    /// so is a success that counted nothing at all.
    pub fn agreeing_with(mut self, succeeded: bool) -> Self {
        let counted = self.passed + self.failed + self.skipped > 0;
        if self.failed == 0 && (!succeeded || !counted) {
            self.failed = 1;
        }
        self
    }

    /// The one line that ends a test run.
    pub fn line(&self) -> String {
        let line = format!("{} passed, {} failed", self.passed, self.failed);
        match self.skipped {
            0 => line,
            skipped => format!("{line}, {skipped} skipped"),
        }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// Adds up the `test result:` lines of `cargo test`.
pub fn of_cargo_test(printed: &str) -> Counts {
    let mut counts = Counts::default();
    for line in printed.lines() {
        let Some((_, numbers)) = line.split_once("test result:") else {
            continue;
        };
        counts.passed += before(numbers, " passed");
        counts.failed += before(numbers, " failed");
        counts.skipped += before(numbers, " ignored");
    }
    counts
}

/// Reads the report that Vitest's JSON reporter writes.
pub fn of_vitest(report: &str) -> Option<Counts> {
    let report: serde_json::Value = serde_json::from_str(report).ok()?;
    let number = |name: &str| report.get(name).and_then(serde_json::Value::as_u64);
    Some(Counts {
        passed: number("numPassedTests")?,
        failed: number("numFailedTests")?,
        skipped: number("numPendingTests")? + number("numTodoTests").unwrap_or(0),
    })
}

/// The number that stands right before a word.
fn before(text: &str, word: &str) -> u64 {
    text.find(word)
        .and_then(|end| text[..end].rsplit([' ', ';']).next())
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Counts, of_cargo_test, of_vitest};

    #[test]
    fn results_of_all_test_binaries_add_up() {
        let printed = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n\
                       test a ... FAILED\n\
                       test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out\n";
        let counts = of_cargo_test(printed);
        assert_eq!(counts.line(), "15 passed, 2 failed, 1 skipped");
    }

    #[test]
    fn a_failure_without_counts_is_one_failed() {
        assert_eq!(
            of_cargo_test("error: could not compile")
                .agreeing_with(false)
                .failed,
            1
        );
    }

    #[test]
    fn a_success_that_ran_nothing_is_one_failed() {
        assert_eq!(Counts::default().agreeing_with(true).failed, 1);
    }

    #[test]
    fn a_failure_beside_counted_failures_is_not_counted_twice() {
        let counts = Counts {
            passed: 1,
            failed: 2,
            skipped: 0,
        };
        assert_eq!(counts.agreeing_with(false).failed, 2);
    }

    #[test]
    fn skipped_is_told_only_where_there_are_any() {
        assert_eq!(Counts::one(true).line(), "1 passed, 0 failed");
    }

    #[test]
    fn vitest_report_is_read() {
        let report =
            r#"{"numPassedTests":4,"numFailedTests":1,"numPendingTests":2,"numTodoTests":1}"#;
        assert_eq!(
            of_vitest(report),
            Some(Counts {
                passed: 4,
                failed: 1,
                skipped: 3
            })
        );
        assert_eq!(of_vitest("not json"), None);
    }
}
