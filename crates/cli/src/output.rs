//! What is printed: results on standard output, everything for people on standard error. Colour only on a
//! terminal, and never where `NO_COLOR` is set.

use std::io::{IsTerminal as _, Write as _};

use latchwork_engine::{
    BrowserRequest, DeviceCodeRequest, Fault, RunEvent, StepStatus, TestStatus,
};
use latchwork_model::RedirectKind;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::args::Global;
use crate::failure::Failure;

/// How things are printed.
#[derive(Clone)]
pub(crate) struct Output {
    pub json: bool,
    quiet: bool,
    verbose: bool,
    colour_out: bool,
    colour_err: bool,
}

/// A visit to the browser, as people are told of it.
pub(crate) struct Visit<'a> {
    pub request: &'a BrowserRequest,
    /// What is to be visited, where nothing else says it.
    pub address: Option<&'a str>,
    /// Whether the system's browser is there already.
    pub opened: bool,
    /// Whether somebody is at the terminal who can paste.
    pub may_paste: bool,
}

/// A colour's code.
#[derive(Clone, Copy)]
enum Colour {
    Green,
    Red,
    Yellow,
    Dim,
    Bold,
}

impl Output {
    pub(crate) fn new(global: &Global) -> Self {
        let colour = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Self {
            json: global.json,
            quiet: global.quiet,
            verbose: global.verbose > 0,
            colour_out: colour && std::io::stdout().is_terminal(),
            colour_err: colour && std::io::stderr().is_terminal(),
        }
    }

    /// For what is told before the arguments are read, where JSON is wanted.
    pub(crate) const fn of_json() -> Self {
        Self {
            json: true,
            quiet: false,
            verbose: false,
            colour_out: false,
            colour_err: false,
        }
    }

    /// A line of the result.
    pub(crate) fn line(&self, text: &str) {
        // A reader that has gone away (`| head`) is no fault of the command.
        let _ = writeln!(std::io::stdout().lock(), "{text}");
    }

    /// Bytes of the result.
    pub(crate) fn bytes(&self, bytes: &[u8]) {
        let mut stdout = std::io::stdout().lock();
        let _ = stdout.write_all(bytes).and_then(|()| stdout.flush());
    }

    /// A JSON value on one line.
    pub(crate) fn json_line(&self, value: &impl Serialize) {
        self.line(&serde_json::to_string(value).unwrap_or_default());
    }

    /// A line for people.
    pub(crate) fn note(&self, text: &str) {
        if !self.quiet {
            let _ = writeln!(std::io::stderr().lock(), "{text}");
        }
    }

    /// A failure: JSON on standard output where JSON is wanted, and always words on standard error.
    pub(crate) fn failure(&self, failure: &Failure) {
        self.fault(&failure.fault);
        if self.json {
            self.json_line(&failure.json());
        }
    }

    /// A fault in words.
    pub(crate) fn fault(&self, fault: &Fault) {
        let mut stderr = std::io::stderr().lock();
        let step = fault
            .step
            .as_ref()
            .map_or_else(String::new, |step| format!(" in step `{step}`"));
        let title = paint(
            self.colour_err,
            Colour::Red,
            &format!("error[{}]{step}:", fault.code),
        );
        let _ = writeln!(stderr, "{title} {}", fault.message);
        if let Some(hint) = &fault.hint {
            let _ = writeln!(
                stderr,
                "  {} {hint}",
                paint(self.colour_err, Colour::Dim, "what to do:")
            );
        }
    }

    /// An event of `test`: a JSON line, or a part of the report.
    pub(crate) fn event(&self, event: &RunEvent) {
        if self.json {
            return self.json_line(event);
        }
        match event {
            RunEvent::StepFinished {
                step,
                status,
                duration_ms,
                outputs,
                exchange,
                ..
            } => {
                let mark = match status {
                    StepStatus::Ok => paint(self.colour_out, Colour::Green, "ok     "),
                    StepStatus::Failed => paint(self.colour_out, Colour::Red, "failed "),
                    StepStatus::Skipped => paint(self.colour_out, Colour::Yellow, "skipped"),
                };
                let answer = exchange
                    .as_ref()
                    .and_then(|exchange| exchange.response.as_ref());
                let status =
                    answer.map_or_else(String::new, |answer| format!("  {}", answer.status));
                let name = paint(self.colour_out, Colour::Bold, step);
                self.line(&format!("{mark}  {name}{status}  {duration_ms} ms"));
                self.outputs(step, outputs);
                if matches!(
                    event,
                    RunEvent::StepFinished {
                        status: StepStatus::Failed,
                        ..
                    }
                ) {
                    self.answer_body(answer.map(|answer| answer.body.as_str()));
                }
            }
            RunEvent::TestFinished {
                status,
                duration_ms,
                body,
                error,
                ..
            } => {
                let (mark, status) = match status {
                    TestStatus::Http(status) if *status < 400 && error.is_none() => (
                        paint(self.colour_out, Colour::Green, "ok     "),
                        status.to_string(),
                    ),
                    TestStatus::Http(status) => (
                        paint(self.colour_out, Colour::Red, "failed "),
                        status.to_string(),
                    ),
                    TestStatus::NoAnswer(_) => (
                        paint(self.colour_out, Colour::Red, "failed "),
                        "no answer".to_owned(),
                    ),
                };
                let name = paint(self.colour_out, Colour::Bold, "test request");
                self.line(&format!("{mark}  {name}  {status}  {duration_ms} ms"));
                if !body.is_null() {
                    self.answer_body(Some(&text_of(body)));
                }
            }
            RunEvent::FormRequested { step, .. } if self.verbose => {
                self.note(&format!("{step}: asks for an answer"));
            }
            _ => {}
        }
    }

    /// An event of `call` and `login`: only words for people.
    pub(crate) fn progress(&self, event: &RunEvent) {
        if let RunEvent::StepStarted { step, label, .. } = event
            && self.verbose
        {
            self.note(&format!("{step}: {label}"));
        }
    }

    /// Says where the browser is or has to go, and how it comes back.
    pub(crate) fn visit(&self, visit: &Visit<'_>) {
        let request = visit.request;
        let host = request.url.host_str().unwrap_or_default();
        let step = &request.step;
        if visit.opened {
            self.note(&format!(
                "`{step}`: the browser is open at {host}. Nothing there? --no-browser shows the address."
            ));
        } else {
            self.note(&format!("`{step}`: sign in with a browser, at {host}."));
        }
        if let Some(address) = visit.address {
            self.needed(address);
        }
        let how = match (request.returns_by, visit.may_paste) {
            (RedirectKind::Paste | RedirectKind::DeepLink, _) => {
                "Then paste the address that it ends at, on a line of its own"
            }
            (RedirectKind::Loopback, true) => {
                "If it is on another machine, paste the address that it ends at"
            }
            (RedirectKind::Loopback, false) => return,
        };
        self.note(&format!("{how}: {}?…", request.redirect_uri));
    }

    /// Shows a device code.
    pub(crate) fn device_code(&self, request: &DeviceCodeRequest) {
        self.note(&format!(
            "`{}`: visit this address, and enter the code; it is good for {} s.",
            request.step,
            request.expires_in.as_secs()
        ));
        self.needed(&request.verification_uri);
        self.needed(&request.user_code);
        if let Some(complete) = &request.verification_uri_complete {
            self.note("Or visit this one, which has the code in it.");
            self.note(complete);
        }
    }

    /// A line without which nobody can go on: however quiet, and alone, so that it can be taken whole.
    fn needed(&self, text: &str) {
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }

    /// Says that an answer was refused, and why.
    pub(crate) fn refused(&self, why: &str) {
        self.needed(&format!("Not taken: {why}."));
    }

    fn outputs(&self, step: &str, outputs: &Map<String, Value>) {
        for (name, value) in outputs {
            // Headers and cookies are many, and seldom what one looks for.
            if !self.verbose && matches!(name.as_str(), "headers" | "cookies") {
                continue;
            }
            let path = paint(self.colour_out, Colour::Dim, &format!("{step}.{name}"));
            self.line(&format!("         {path} = {}", cut(&text_of(value), 200)));
        }
    }

    fn answer_body(&self, body: Option<&str>) {
        let Some(body) = body.filter(|body| !body.trim().is_empty()) else {
            return;
        };
        let lines: Vec<&str> = body.lines().collect();
        for line in lines.iter().take(12) {
            self.line(&format!("         {}", cut(line, 200)));
        }
        if lines.len() > 12 {
            self.line("         …");
        }
    }

    /// A painted word on standard output.
    pub(crate) fn severity(&self, severity: latchwork_model::Severity) -> String {
        match severity {
            latchwork_model::Severity::Error => paint(self.colour_out, Colour::Red, "error"),
            latchwork_model::Severity::Warning => paint(self.colour_out, Colour::Yellow, "warning"),
            latchwork_model::Severity::Info => paint(self.colour_out, Colour::Dim, "info"),
        }
    }
}

fn paint(colour: bool, with: Colour, text: &str) -> String {
    if !colour {
        return text.to_owned();
    }
    let code = match with {
        Colour::Green => "32",
        Colour::Red => "31",
        Colour::Yellow => "33",
        Colour::Dim => "2",
        Colour::Bold => "1",
    };
    format!("\u{1b}[{code}m{text}\u{1b}[0m")
}

/// A value as people read it; control characters are taken out, so that an answer cannot drive the terminal.
fn text_of(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    text.chars()
        .filter(|character| !character.is_control() || *character == '\n')
        .collect()
}

fn cut(text: &str, width: usize) -> String {
    let text = text.replace('\n', "⏎");
    if text.chars().count() <= width {
        text
    } else {
        text.chars().take(width - 1).chain(['…']).collect()
    }
}
