//! A run that the person stops: Ctrl+C, or the system's wish that the program ends.

use std::io::{IsTerminal as _, Write as _};

use latchwork_model::ErrorCode;

use crate::failure::Failure;

/// Runs to the end, or until the person stops it. What was under way is given up: nothing keeps waiting, ports are
/// free again, and a terminal that hides what is typed shows it again.
pub(crate) async fn or_interrupted<T>(work: impl Future<Output = T>) -> Result<T, Failure> {
    // Heard from now on, before the work says anything that one could answer with it.
    let interrupted = interrupted();
    tokio::select! {
        biased;
        result = work => Ok(result),
        () = interrupted => {
            let mut stderr = std::io::stderr();
            if stderr.is_terminal() {
                // The terminal shows `^C`, wherever its line was.
                let _ = writeln!(stderr);
            }
            Err(Failure::new(ErrorCode::RunCancelled, "The run was cancelled."))
        }
    }
}

/// Listens at once; where that cannot be done, the system ends the program as it always did.
#[cfg(unix)]
fn interrupted() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let heard = [SignalKind::interrupt(), SignalKind::terminate()].map(signal);
    async move {
        let [Ok(mut interrupt), Ok(mut terminate)] = heard else {
            return std::future::pending().await;
        };
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }
}

/// Listens at once; where that cannot be done, the system ends the program as it always did.
#[cfg(windows)]
fn interrupted() -> impl Future<Output = ()> {
    let heard = tokio::signal::windows::ctrl_c();
    async move {
        match heard {
            Ok(mut interrupt) => drop(interrupt.recv().await),
            Err(_) => std::future::pending().await,
        }
    }
}
