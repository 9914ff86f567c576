//! `latchwork test`: *Test auth steps*, then the test request. Always afresh: no cache is read, and nothing is
//! stored but the masked run history.

use std::process::ExitCode;
use std::time::Instant;

use latchwork_engine::{Fault, Host as _, RunEvent};
use latchwork_studio::{RunOutcome, RunRecord, flow_step, test_connector};

use crate::args::RunArgs;
use crate::context::Context;
use crate::failure::{Outcome, exit_code};
use crate::host::{Show, TerminalHost};
use crate::input;
use crate::interrupt::or_interrupted;

pub(crate) async fn run(
    connector: &str,
    reveal: bool,
    until: Option<&str>,
    args: &RunArgs,
    context: &Context,
) -> Outcome {
    let connector = context.connector(connector).await?;
    if let Some(step) = until {
        flow_step(&connector, step)?;
    }
    let answers = input::answers(args, &connector)?;
    let given = input::variables(args, &connector)?;
    let variables = context.variables(&connector, given).await?;
    let host = TerminalHost::new(answers, &args.browser, context, Show::Events);
    let run_input = input::run_input(args, variables, reveal)?;
    let started = (context.engine.now(), Instant::now());
    let test = Box::pin(test_connector(
        &context.engine,
        &connector,
        run_input,
        until,
        &host,
    ));
    let outcome = match or_interrupted(test).await {
        Ok(outcome) => outcome,
        Err(interrupted) => interrupted_outcome(started, interrupted.fault, &host),
    };
    if !reveal {
        context
            .record(&connector, RunRecord::test(&outcome, until, host.events()))
            .await;
    }
    match outcome.fault {
        None => {
            context.output.note(match until {
                None => "It works.",
                Some(_) => "It works as far as that. Nothing was tested after it.",
            });
            Ok(ExitCode::SUCCESS)
        }
        Some(fault) => {
            context.output.fault(&fault);
            Ok(ExitCode::from(exit_code(fault.code)))
        }
    }
}

/// A test that the person stopped ends as any other does: `run_finished` is its last word.
fn interrupted_outcome(
    (started_at, started): (i64, Instant),
    fault: Fault,
    host: &TerminalHost<'_>,
) -> RunOutcome {
    let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    let run = host.events().into_iter().find_map(|event| match event {
        RunEvent::RunStarted { run } => Some(run),
        _ => None,
    });
    host.tell(RunEvent::RunFinished {
        ok: false,
        duration_ms,
        error: Some(fault.clone()),
    });
    RunOutcome {
        run: run.unwrap_or_default(),
        started_at,
        duration_ms,
        fault: Some(fault),
    }
}
