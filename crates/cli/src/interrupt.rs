//! A run that the person stops: Ctrl+C, or the system's wish that the program ends.

use latchwork_model::ErrorCode;

use crate::failure::Failure;

/// Runs to the end, or until the person stops it. What was under way is given up: nothing keeps waiting, ports are
/// free again, and a terminal that hides what is typed shows it again.
pub(crate) async fn or_interrupted<T>(work: impl Future<Output = T>) -> Result<T, Failure> {
    tokio::select! {
        biased;
        result = work => Ok(result),
        () = interrupted() => Err(Failure::new(ErrorCode::RunCancelled, "The run was cancelled.")),
    }
}

/// Waits for Ctrl+C; where that cannot be heard, for ever: then the system ends the program.
#[cfg(unix)]
async fn interrupted() {
    use tokio::signal::unix::{SignalKind, signal};
    let kinds = [SignalKind::interrupt(), SignalKind::terminate()];
    let [Ok(mut interrupt), Ok(mut terminate)] = kinds.map(signal) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
}

/// Waits for Ctrl+C; where that cannot be heard, for ever: then the system ends the program.
#[cfg(not(unix))]
async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}
