//! Rendering templates for their places.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use minijinja::{Error, ErrorKind, Value};
use serde_json::Value as Json;

use super::absent;
use super::convert::{self, NoJson};
use super::cost::{CACHED_BYTES, OUTPUT};
use super::environment::{Mark, split_marks};
use super::error::TemplateError;
use super::moment::Moment;
use super::program::{Code, Piece, Program, WHOLE, follow};
use super::render::{Absent, Missing, Render};
use super::scope::Scope;
use super::text::push_text;
use super::url::{self, RenderedUrl, UrlPiece};

/// Renders templates. It keeps them compiled, so that one is best shared by all that runs.
#[derive(Default)]
pub struct Templates {
    cache: RwLock<Cache>,
}

#[derive(Default)]
struct Cache {
    programs: HashMap<Box<str>, Arc<Program>>,
    weight: usize,
}

/// What a template gave.
enum Outcome {
    /// Exactly one expression.
    Value(Value),
    Text(String),
}

impl Templates {
    /// With nothing compiled yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The one of this process.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Templates> = OnceLock::new();
        SHARED.get_or_init(Self::new)
    }

    /// A template as a value: exactly one expression keeps its JSON type, anything else is text.
    ///
    /// `{{ x }}` gives what `x` is; ` {{ x }}` gives text, for its blank.
    pub fn render_value(
        &self,
        template: &str,
        scope: &Scope,
        moment: &Moment,
    ) -> Result<Json, TemplateError> {
        let run = Run::new(self.program(template)?, scope, moment, false);
        match run.outcome()? {
            Outcome::Value(value) => convert::to_json(&value).map_err(|fault| run.no_json(fault)),
            Outcome::Text(text) => Ok(Json::String(text)),
        }
    }

    /// A template as text.
    pub fn render_text(
        &self,
        template: &str,
        scope: &Scope,
        moment: &Moment,
    ) -> Result<String, TemplateError> {
        let program = self.program(template)?;
        if let Some(text) = program.literal() {
            return Ok(text.to_owned());
        }
        let run = Run::new(program, scope, moment, false);
        match run.outcome()? {
            Outcome::Value(value) => run.text(&value),
            Outcome::Text(text) => Ok(text),
        }
    }

    /// A JSON document of which every string is a template. Each is rendered by itself and keeps its type, so that
    /// no value can break the document. The names of members are taken as they are.
    pub fn render_json_body(
        &self,
        document: &Json,
        scope: &Scope,
        moment: &Moment,
    ) -> Result<Json, TemplateError> {
        Ok(match document {
            Json::String(template) => self.render_value(template, scope, moment)?,
            Json::Array(items) => items
                .iter()
                .map(|item| self.render_json_body(item, scope, moment))
                .collect::<Result<_, _>>()?,
            Json::Object(members) => members
                .iter()
                .map(|(name, value)| {
                    Ok((name.clone(), self.render_json_body(value, scope, moment)?))
                })
                .collect::<Result<_, TemplateError>>()?,
            scalar => scalar.clone(),
        })
    }

    /// A template as a condition. False are `false`, null, 0, nothing, "false", and an empty list or object; and a
    /// condition that uses something that is not there.
    pub fn render_bool(
        &self,
        template: &str,
        scope: &Scope,
        moment: &Moment,
    ) -> Result<bool, TemplateError> {
        let run = Run::new(self.program(template.trim())?, scope, moment, false);
        match run.outcome() {
            Ok(Outcome::Value(value)) => Ok(holds(&value)),
            Ok(Outcome::Text(text)) => Ok(!matches!(text.trim(), "" | "false")),
            Err(TemplateError::Undefined { .. }) => Ok(false),
            Err(other) => Err(other),
        }
    }

    /// A template as a header's value.
    pub fn render_header_value(
        &self,
        template: &str,
        scope: &Scope,
        moment: &Moment,
    ) -> Result<String, TemplateError> {
        let text = self.render_text(template, scope, moment)?;
        match text
            .chars()
            .find(|character| character.is_ascii_control() && *character != '\t')
        {
            None => Ok(text),
            Some('\r' | '\n') => Err(TemplateError::Header("a line break")),
            Some('\0') => Err(TemplateError::Header("a NUL character")),
            Some(_) => Err(TemplateError::Header("a control character")),
        }
    }

    /// A template as an address, or as the part of one that follows a base address. Values are encoded by their
    /// place in it; see [`RenderedUrl`].
    pub fn render_url(
        &self,
        template: &str,
        scope: &Scope,
        moment: &Moment,
    ) -> Result<RenderedUrl, TemplateError> {
        let run = Run::new(self.program(template.trim())?, scope, moment, true);
        url::assemble(run.url_pieces()?)
    }

    /// The compiled template, from the cache where it is there.
    fn program(&self, template: &str) -> Result<Arc<Program>, TemplateError> {
        let found = self
            .cache
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .programs
            .get(template)
            .cloned();
        if let Some(program) = found {
            return Ok(program);
        }
        let program = Arc::new(Program::compile(template)?);
        let mut cache = self.cache.write().unwrap_or_else(PoisonError::into_inner);
        if cache.weight + program.weight > CACHED_BYTES {
            *cache = Cache::default();
        }
        if cache
            .programs
            .insert(template.into(), Arc::clone(&program))
            .is_none()
        {
            cache.weight += program.weight;
        }
        Ok(program)
    }
}

fn holds(value: &Value) -> bool {
    value.is_true() && value.as_str() != Some("false")
}

/// One rendering of one template.
struct Run {
    program: Arc<Program>,
    render: Arc<Render>,
}

impl Run {
    fn new(program: Arc<Program>, scope: &Scope, moment: &Moment, marked: bool) -> Self {
        Self {
            program,
            render: Render::new(scope, moment, marked),
        }
    }

    fn outcome(&self) -> Result<Outcome, TemplateError> {
        let pieces = match &self.program.code {
            Code::Whole(_) => return self.whole().map(Outcome::Text),
            Code::Pieces(pieces) => pieces,
        };
        match pieces.as_slice() {
            [Piece::Literal(text)] => return Ok(Outcome::Text(text.clone())),
            [piece] => return self.value(piece).map(Outcome::Value),
            _ => {}
        }
        let mut text = String::new();
        for piece in pieces {
            match piece {
                Piece::Literal(literal) => text.push_str(literal),
                piece => push_text(&mut text, &self.value(piece)?)
                    .map_err(|fault| self.no_json(fault))?,
            }
            within_bounds(text.len())?;
        }
        Ok(Outcome::Text(text))
    }

    fn url_pieces(&self) -> Result<Vec<UrlPiece>, TemplateError> {
        match &self.program.code {
            Code::Whole(_) => Ok(split_marks(&self.whole()?)
                .into_iter()
                .map(|mark| match mark {
                    Mark::Literal(text) => UrlPiece::Literal(text),
                    Mark::Value { text, safe } => UrlPiece::Value { text, safe },
                })
                .collect()),
            Code::Pieces(pieces) => pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Literal(text) => Ok(UrlPiece::Literal(text.clone())),
                    piece => {
                        let value = self.value(piece)?;
                        Ok(UrlPiece::Value {
                            text: self.text(&value)?,
                            safe: value.is_safe(),
                        })
                    }
                })
                .collect(),
        }
    }

    fn value(&self, piece: &Piece) -> Result<Value, TemplateError> {
        let value = match piece {
            Piece::Literal(text) => Value::from(text.as_str()),
            Piece::Path { chain, name, keys } => match follow(&self.render.scope, name, keys) {
                Some(value) => value,
                None => return Err(self.absent(&Absent::Chain(*chain))),
            },
            Piece::Expression(expression) => {
                let root = Value::from_dyn_object(Arc::clone(&self.render));
                let value = expression.eval(root).map_err(|error| self.fault(&error))?;
                if let Some(used) = self.render.used() {
                    return Err(self.absent(&used));
                }
                if let Some(missing) = value.downcast_object_ref::<Missing>() {
                    return Err(self.absent(&missing.what));
                }
                value
            }
        };
        Ok(value)
    }

    fn text(&self, value: &Value) -> Result<String, TemplateError> {
        let mut text = String::new();
        push_text(&mut text, value).map_err(|fault| self.no_json(fault))?;
        within_bounds(text.len())?;
        Ok(text)
    }

    /// A template with statements, as text.
    fn whole(&self) -> Result<String, TemplateError> {
        let Code::Whole(environment) = &self.program.code else {
            return Ok(String::new());
        };
        let root = Value::from_dyn_object(Arc::clone(&self.render));
        let mut text = Bounded(Vec::new());
        let result = environment
            .get_template(WHOLE)
            .and_then(|template| template.render_captured_to(root, &mut text).map(drop));
        if let Err(error) = result {
            return Err(self.fault(&error));
        }
        if let Some(used) = self.render.used() {
            return Err(self.absent(&used));
        }
        String::from_utf8(text.0).map_err(|_| TemplateError::failed("the text is no UTF-8"))
    }

    fn no_json(&self, fault: NoJson) -> TemplateError {
        match (fault, self.render.used()) {
            (NoJson::Missing, Some(used)) => self.absent(&used),
            _ => TemplateError::failed(fault.message()),
        }
    }

    fn absent(&self, what: &Absent) -> TemplateError {
        match what {
            Absent::Filter(name) => absent::found_nothing(name),
            Absent::Chain(number) => match self.program.chains.get(*number) {
                Some(chain) => absent::not_there(chain, &self.render.scope),
                None => absent::found_nothing("the expression"),
            },
        }
    }

    /// minijinja's error in our words.
    fn fault(&self, error: &Error) -> TemplateError {
        if let Some(used) = self.render.used() {
            return self.absent(&used);
        }
        let detail = error.detail().unwrap_or_default();
        // A stand-in that was taken for a number, say, has not noticed that it was used.
        let was_stand_in = detail.is_empty()
            || detail.contains("plain object")
            || detail.starts_with("value is not");
        let may_be = match error.kind() {
            ErrorKind::InvalidOperation => was_stand_in,
            kind => kind == ErrorKind::UndefinedError,
        };
        if let Some(last) = self.render.last().filter(|_| may_be) {
            return self.absent(&last);
        }
        match error.kind() {
            ErrorKind::OutOfFuel => TemplateError::Limit("the template takes too long"),
            ErrorKind::WriteFailure => TemplateError::Limit(TOO_LONG),
            _ if detail.contains("recursion limit") => {
                TemplateError::Limit("the template calls itself too deeply")
            }
            // These details hold the numbers themselves, which may be secret.
            _ if detail.starts_with("unable to calculate") => {
                TemplateError::failed("the numbers cannot be calculated")
            }
            kind if detail.is_empty() => TemplateError::failed(kind.to_string()),
            _ => TemplateError::failed(detail.replace("plain object", "function")),
        }
    }
}

const TOO_LONG: &str = "the template gives more than 12 MiB";

fn within_bounds(bytes: usize) -> Result<(), TemplateError> {
    if bytes > OUTPUT {
        Err(TemplateError::Limit(TOO_LONG))
    } else {
        Ok(())
    }
}

/// Text that does not grow without end.
struct Bounded(Vec<u8>);

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > OUTPUT {
            return Err(io::Error::other(TOO_LONG));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
