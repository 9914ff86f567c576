//! `latchwork test`: *Test auth steps*, then the test request. Always afresh: no cache is read, and nothing is
//! stored but the masked run history.

use std::process::ExitCode;

use latchwork_studio::{RunRecord, test_connector};

use crate::args::RunArgs;
use crate::context::Context;
use crate::failure::{Outcome, exit_code};
use crate::host::{Show, TerminalHost};
use crate::input;

pub(crate) async fn run(
    connector: &str,
    reveal: bool,
    args: &RunArgs,
    context: &Context,
) -> Outcome {
    let connector = context.connector(connector).await?;
    let answers = input::answers(args, &connector)?;
    let given = input::variables(args, &connector)?;
    let variables = context.variables(&connector, given).await?;
    let host = TerminalHost::new(answers, &context.output, Show::Events);
    let run_input = input::run_input(args, variables, reveal)?;
    let outcome = test_connector(&context.engine, &connector, run_input, &host).await;
    if !reveal {
        context
            .record(&connector, RunRecord::test(&outcome, host.events()))
            .await;
    }
    match outcome.fault {
        None => {
            context.output.note("It works.");
            Ok(ExitCode::SUCCESS)
        }
        Some(fault) => {
            context.output.fault(&fault);
            Ok(ExitCode::from(exit_code(fault.code)))
        }
    }
}
