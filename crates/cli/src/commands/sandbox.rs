//! `latchwork sandbox`: the practice provider in the foreground.

use std::path::Path;
use std::process::ExitCode;

use latchwork_model::ErrorCode;
use latchwork_sandbox::{Sandbox, SandboxOptions, samples};

use crate::failure::{Failure, Outcome};
use crate::output::Output;

/// Prints the address on the first line, then serves until Ctrl+C.
pub(crate) async fn run(
    port: Option<u16>,
    samples_folder: Option<&Path>,
    output: &Output,
) -> Outcome {
    let options = SandboxOptions {
        port,
        ..SandboxOptions::default()
    };
    let sandbox = Sandbox::start(options)
        .await
        .map_err(|error| Failure::new(ErrorCode::SandboxPort, error.to_string()))?;
    if let Some(folder) = samples_folder {
        write_samples(folder, sandbox.base_url()).map_err(|error| {
            Failure::new(
                ErrorCode::FileUnreadable,
                format!("{}: {error}", folder.display()),
            )
        })?;
    }
    output.line(sandbox.base_url());
    output.note("The practice provider is open; press Ctrl+C to stop it.");
    let _ = tokio::signal::ctrl_c().await;
    sandbox.shutdown().await;
    Ok(ExitCode::SUCCESS)
}

fn write_samples(folder: &Path, base_url: &str) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for sample in samples(base_url) {
        std::fs::write(folder.join(sample.file_name), sample.document)?;
    }
    Ok(())
}
