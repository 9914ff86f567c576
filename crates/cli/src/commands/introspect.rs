//! `latchwork introspect`: a GraphQL API's schema, as JSON or SDL.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use latchwork_model::{Body, Connector, ErrorCode, Input, Request, Template, introspection_to_sdl};
use latchwork_studio::{Caller, SchemaAsked};
use serde_json::json;

use crate::args::{IntrospectArgs, SchemaFormat};
use crate::context::Context;
use crate::failure::{Failure, Outcome};
use crate::host::{Show, TerminalHost};
use crate::input;
use crate::interrupt::or_interrupted;

pub(crate) async fn run(args: &IntrospectArgs, context: &Context) -> Outcome {
    let connector = Arc::new(context.connector(&args.connector).await?);
    let answers = input::answers(&args.run, &connector)?;
    let given = input::variables(&args.run, &connector)?;
    let studio = context.studio_with_vault().await?;
    let id = connector.key();
    let variables = studio.variables(&id, &connector, given).await?;
    let host = TerminalHost::new(answers, &args.run.browser, context, Show::Words);
    let caller = Caller {
        connector_id: &id,
        connector: &connector,
        account: args.run.account.as_deref(),
        input: input::run_input(&args.run, variables, false)?,
        host: &host,
    };
    let (request, inputs) = request(&connector, args.url.as_deref());
    let asked = SchemaAsked {
        like: &request,
        inputs,
        is_step: false,
    };
    let asked = Box::pin(studio.graphql_introspect(caller, asked));
    let schema = or_interrupted(asked).await??;
    let types = schema["__schema"]["types"].as_array().map_or(0, Vec::len);
    let text = match args.format {
        SchemaFormat::Json => json!({ "data": schema }).to_string() + "\n",
        SchemaFormat::Sdl => introspection_to_sdl(&schema),
    };
    let output = &context.output;
    match &args.out {
        None => output.bytes(text.as_bytes()),
        Some(path) => {
            write(path, &text)?;
            if output.json {
                output.json_line(&json!({
                    "connector": connector.name,
                    "path": path.display().to_string(),
                    "types": types,
                }));
            } else {
                output.note(&format!("{}: a schema of {types} types.", path.display()));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The request whose API is asked: as the first endpoint with a GraphQL body is sent, or the test request.
fn request<'c>(connector: &'c Connector, url: Option<&str>) -> (Request, &'c [Input]) {
    if let Some(url) = url {
        return (Request::new("POST", Template::literal(url)), &[]);
    }
    let endpoints = connector
        .endpoints
        .iter()
        .map(|endpoint| (&endpoint.request, endpoint.inputs.as_slice()));
    let test = connector.test.iter().map(|test| (&test.request, &[][..]));
    let mut graphql = endpoints
        .chain(test)
        .filter(|(request, _)| matches!(request.body, Body::Graphql(_)));
    match graphql.next() {
        Some((request, inputs)) => (request.clone(), inputs),
        None => (Request::new("POST", ""), &[]),
    }
}

/// Writes a file, whole or not at all: what was there stays until all of the new one is. What is no file, such as
/// `/dev/stdout`, is written to as it is.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let before = std::fs::metadata(&target).ok();
    let written = if before.is_some_and(|found| !found.is_file()) {
        std::fs::write(&target, text)
    } else {
        let mut unfinished = target.as_os_str().to_owned();
        unfinished.push(".part");
        let written =
            std::fs::write(&unfinished, text).and_then(|()| std::fs::rename(&unfinished, &target));
        if written.is_err() {
            // Half a file is of no use to anybody; that it may stay where it cannot be removed harms nobody.
            let _ = std::fs::remove_file(&unfinished);
        }
        written
    };
    written.map_err(|error| {
        Failure::new(
            ErrorCode::FileUnreadable,
            format!("{}: {error}", path.display()),
        )
    })
}
