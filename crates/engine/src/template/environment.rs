//! minijinja as templates here see it: its own filters and tests where they fit, ours, and nothing of the machine.

use std::sync::OnceLock;

use latchwork_model::template_syntax::syntax;
use minijinja::value::{Rest, ValueKind, ValueOrKwargs};
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value,
};

use super::cost::{DEPTH, FUEL, RECURSION};
use super::filters;
use super::render::{Absent, Missing, Render, is_missing};
use super::text::to_text;

/// The environment that all templates are compiled for.
pub(super) fn environment() -> &'static Environment<'static> {
    static ENVIRONMENT: OnceLock<Environment<'static>> = OnceLock::new();
    ENVIRONMENT.get_or_init(build)
}

fn build() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_syntax(syntax());
    environment.set_undefined_behavior(UndefinedBehavior::Chainable);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    // Its errors would carry the values around them.
    environment.set_debug(false);
    environment.set_fuel(Some(FUEL));
    environment.set_recursion_limit(RECURSION);
    environment.set_formatter(format);
    // It prints everything that is in scope.
    environment.remove_global("debug");

    environment.add_filter("__seen", seen);
    environment.add_filter("__held", held);
    environment.add_filter("__text", text);
    environment.add_filter("__ordered", ordered);
    environment.add_filter("__plain", plain);
    environment.add_filter("default", default);
    environment.add_filter("d", default);
    environment.add_test("defined", |value: &Value| !is_missing(value));
    environment.add_test("undefined", is_missing);
    filters::register(&mut environment);
    environment
}

/// A lookup: a stand-in where it leads to nothing.
fn seen(state: &State<'_, '_>, value: &Value, chain: usize) -> Value {
    if value.is_undefined()
        && let Some(render) = Render::of(state)
    {
        return render.missing(Absent::Chain(chain));
    }
    value.clone()
}

/// A lookup in the template's own variables. What a template builds is kept from growing ever deeper: at some depth
/// even letting go of it would end the process. Lists that minijinja makes only when they are read are made here,
/// since they hold on to what they are made of.
fn held(state: &State<'_, '_>, value: &Value, chain: usize) -> Result<Value, Error> {
    let made = made(state, value)?;
    if too_deep(state, &made, DEPTH)? {
        return Err(Error::new(
            ErrorKind::InvalidOperation,
            "the value is nested more than 128 levels deep",
        ));
    }
    Ok(seen(state, &made, chain))
}

/// A list as a list of its own.
pub(super) fn made(state: &State<'_, '_>, value: &Value) -> Result<Value, Error> {
    let is_list = matches!(value.kind(), ValueKind::Seq | ValueKind::Iterable) && !value.is_tuple();
    if !is_list || value.downcast_object_ref::<Vec<Value>>().is_some() {
        return Ok(value.clone());
    }
    let mut items = Vec::new();
    for item in value.try_iter()?.checked() {
        state.consume_fuel(1)?;
        items.push(item?);
    }
    Ok(Value::from(items))
}

fn too_deep(state: &State<'_, '_>, value: &Value, depth: usize) -> Result<bool, Error> {
    if !matches!(
        value.kind(),
        ValueKind::Seq | ValueKind::Iterable | ValueKind::Map
    ) {
        return Ok(false);
    }
    let Some(depth) = depth.checked_sub(1) else {
        return Ok(true);
    };
    let Ok(items) = value.try_iter() else {
        return Ok(false);
    };
    let map = value.kind() == ValueKind::Map;
    state.consume_fuel(1)?;
    for (count, item) in items.enumerate() {
        if count % 16 == 15 {
            state.consume_fuel(1)?;
        }
        let member = if map {
            value.get_item(&item).unwrap_or_default()
        } else {
            item
        };
        if too_deep(state, &member, depth)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// An operand of `~`.
fn text(value: &Value) -> Result<Value, Error> {
    if value.kind() == ValueKind::String {
        return Ok(value.clone());
    }
    as_text(value).map(Value::from)
}

/// Output that was captured. In an address it holds the marks of its values, which are no part of the text.
fn plain(value: &Value) -> Value {
    match value.as_str() {
        Some(text) if text.contains(VALUE_STARTS) => Value::from(without_marks(text)),
        _ => value.clone(),
    }
}

/// An operand of `<` and its like.
fn ordered(value: &Value) -> Result<Value, Error> {
    there(value)?;
    Ok(value.clone())
}

fn default(value: &Value, other: Option<Value>, also_for_false: Option<bool>) -> Value {
    if let Some(missing) = value.downcast_object_ref::<Missing>() {
        missing.forgive();
    }
    if is_missing(value) || (also_for_false == Some(true) && !value.is_true()) {
        return other.unwrap_or_else(|| Value::from(""));
    }
    value.clone()
}

/// Fails where a value is not there.
pub(super) fn there(value: &Value) -> Result<(), Error> {
    match value.downcast_object_ref::<Missing>() {
        Some(missing) => Err(missing.note_use()),
        None => Ok(()),
    }
}

/// A value as text, in a filter.
pub(super) fn as_text(value: &Value) -> Result<String, Error> {
    there(value)?;
    to_text(value).map_err(|fault| Error::new(ErrorKind::InvalidOperation, fault.message()))
}

/// The filter of minijinja's with its input turned into text our way first.
pub(super) fn on_text(
    filter: Value,
) -> impl Fn(&mut State<'_, '_>, Rest<ValueOrKwargs>) -> Result<Value, Error> + Send + Sync + 'static
{
    move |state, arguments| {
        let mut arguments = arguments.into_values();
        if let Some(input) = arguments.first_mut()
            && input.kind() != ValueKind::String
        {
            *input = Value::from(as_text(input)?);
        }
        filter.call(state, &arguments)
    }
}

/// The filter of minijinja's with a stand-in where it gives nothing.
pub(super) fn found(
    name: &'static str,
    filter: Value,
) -> impl Fn(&mut State<'_, '_>, Rest<ValueOrKwargs>) -> Result<Value, Error> + Send + Sync + 'static
{
    move |state, arguments| {
        let arguments = arguments.into_values();
        if let Some(input) = arguments.first() {
            there(input)?;
        }
        let value = filter.call(state, &arguments)?;
        Ok(if value.is_undefined() {
            nothing(state, name)
        } else {
            value
        })
    }
}

/// The stand-in for what a filter did not find.
pub(super) fn nothing(state: &State<'_, '_>, filter: &'static str) -> Value {
    Render::of(state).map_or(Value::UNDEFINED, |render| {
        render.missing(Absent::Filter(filter))
    })
}

const VALUE_STARTS: char = '\u{fdd0}';
const VALUE_ENDS: char = '\u{fdd1}';

/// Writes a value into the output. In an address it is marked, and its bytes are hidden in hex digits, so that no
/// value can make a mark.
fn format(output: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    let text = as_text(value)?;
    let marked = Render::of(state).is_some_and(|render| render.marked);
    if marked {
        let kind = if value.is_safe() { 's' } else { 'v' };
        output.write_str(&format!(
            "{VALUE_STARTS}{kind}{}{VALUE_ENDS}",
            filters::hex(text.as_bytes())
        ))?;
    } else {
        output.write_str(&text)?;
    }
    Ok(())
}

fn without_marks(output: &str) -> String {
    let texts = split_marks(output).into_iter().map(|mark| match mark {
        Mark::Literal(text) | Mark::Value { text, .. } => text,
    });
    texts.collect()
}

/// A stretch of marked output.
pub(super) enum Mark {
    Literal(String),
    Value { text: String, safe: bool },
}

/// Takes marked output apart. What is no well-formed mark is text like any other.
pub(super) fn split_marks(output: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut rest = output;
    while let Some((literal, after)) = rest.split_once(VALUE_STARTS) {
        let value = after.split_once(VALUE_ENDS).and_then(|(inner, behind)| {
            let safe = inner.starts_with(['s', 'S']);
            let text = String::from_utf8(filters::unhex(inner.get(1..)?)?).ok()?;
            Some((Mark::Value { text, safe }, behind))
        });
        marks.push(Mark::Literal(literal.to_owned()));
        if let Some((value, behind)) = value {
            marks.push(value);
            rest = behind;
        } else {
            marks.push(Mark::Value {
                text: VALUE_STARTS.to_string(),
                safe: false,
            });
            rest = after;
        }
    }
    marks.push(Mark::Literal(rest.to_owned()));
    marks
}
