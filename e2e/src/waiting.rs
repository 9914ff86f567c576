//! Waiting for conditions, with a deadline. The only place where time passes: stories never sleep.

use std::time::{Duration, Instant};

use crate::failure::Failure;

/// How long anything in a story may take to appear. Two cores under load are slow; a story that works never waits
/// this long.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Between two looks at the condition.
const PAUSE: Duration = Duration::from_millis(25);

/// Tries until it works, for as long as the failure is one that may pass.
pub fn until<T>(
    condition: &str,
    mut attempt: impl FnMut() -> Result<T, Failure>,
) -> Result<T, Failure> {
    let began = Instant::now();
    loop {
        match attempt() {
            Ok(value) => {
                trace(condition, began.elapsed());
                return Ok(value);
            }
            Err(failure) if failure.is_passing() && began.elapsed() < PATIENCE => {
                std::thread::sleep(PAUSE);
            }
            Err(failure) if failure.is_passing() => {
                return Err(Failure::Deadline {
                    condition: condition.to_owned(),
                    waited: PATIENCE,
                    seen: failure.to_string(),
                });
            }
            Err(failure) => return Err(failure),
        }
    }
}

/// Tries until it gives a value; `None` means not yet.
pub fn until_some<T>(
    condition: &str,
    mut attempt: impl FnMut() -> Result<Option<T>, Failure>,
) -> Result<T, Failure> {
    until(condition, || {
        attempt()?.ok_or_else(|| Failure::Expectation {
            expected: condition.to_owned(),
            found: "not yet".to_owned(),
        })
    })
}

/// With `LATCHWORK_E2E_TRACE=1` each condition is told once it came true, with how long it took.
fn trace(condition: &str, took: Duration) {
    if std::env::var_os("LATCHWORK_E2E_TRACE").is_some() {
        println!("{:>7} ms  {condition}", took.as_millis());
    }
}
