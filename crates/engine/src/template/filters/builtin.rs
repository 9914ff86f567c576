//! minijinja's own filters, where they have to be told of our text and of values that are not there.

use minijinja::value::{Rest, ValueKind, ValueOrKwargs};
use minijinja::{Environment, Error, State, Value, filters, tests};

use super::super::environment::{as_text, found, made, nothing, on_text, there};
use super::super::render::is_missing;

pub(super) fn register(environment: &mut Environment<'static>) {
    for (name, filter) in [
        ("upper", Value::from_function(filters::upper)),
        ("lower", Value::from_function(filters::lower)),
        ("title", Value::from_function(filters::title)),
        ("capitalize", Value::from_function(filters::capitalize)),
        ("trim", Value::from_function(filters::trim)),
        ("replace", Value::from_function(filters::replace)),
        ("split", Value::from_function(filters::split)),
        ("lines", Value::from_function(filters::lines)),
        ("indent", Value::from_function(filters::indent)),
        ("format", Value::from_function(filters::format)),
        ("escape", Value::from_function(filters::escape)),
        ("e", Value::from_function(filters::escape)),
        ("safe", Value::from_function(filters::safe)),
    ] {
        environment.add_filter(name, on_text(filter));
    }
    for (name, filter) in [
        ("first", Value::from_function(filters::first)),
        ("last", Value::from_function(filters::last)),
        ("min", Value::from_function(filters::min)),
        ("max", Value::from_function(filters::max)),
        ("attr", Value::from_function(filters::attr)),
    ] {
        environment.add_filter(name, found(name, filter));
    }
    for (name, filter) in [
        ("reverse", Value::from_function(filters::reverse)),
        ("batch", Value::from_function(filters::batch)),
        ("slice", Value::from_function(filters::slice)),
        ("zip", Value::from_function(filters::zip)),
        ("items", Value::from_function(filters::items)),
        ("unique", Value::from_function(filters::unique)),
    ] {
        environment.add_filter(name, listed(filter));
    }
    environment.add_filter("chain", chain);
    environment.add_filter("string", |value: &Value| as_text(value));
    environment.add_filter("join", join);
    environment.add_filter("map", map);
    environment.add_test("iterable", |value: &Value| {
        !is_missing(value) && tests::is_iterable(value)
    });
}

/// The filter of minijinja's with its list made at once.
fn listed(
    filter: Value,
) -> impl Fn(&mut State<'_, '_>, Rest<ValueOrKwargs>) -> Result<Value, Error> + Send + Sync + 'static
{
    move |state, arguments| {
        let value = filter.call(state, &arguments.into_values())?;
        made(state, &value)
    }
}

/// Lists one after the other; objects put together, the last one's members counting.
fn chain(state: &State<'_, '_>, first: &Value, others: Rest<Value>) -> Result<Value, Error> {
    let all = || std::iter::once(first).chain(others.iter());
    for value in all() {
        there(value)?;
    }
    if all().all(|value| value.kind() == ValueKind::Map) {
        let mut members = Vec::new();
        for value in all() {
            for key in value.try_iter()? {
                state.consume_fuel(1)?;
                members.push((key.clone(), value.get_item(&key)?));
            }
        }
        return Ok(Value::from_pairs(members));
    }
    let mut items = Vec::new();
    for value in all() {
        for item in value.try_iter()?.checked() {
            state.consume_fuel(1)?;
            items.push(item?);
        }
    }
    Ok(Value::from(items))
}

fn join(value: &Value, separator: Option<Value>) -> Result<String, Error> {
    there(value)?;
    let separator = separator
        .map(|separator| as_text(&separator))
        .transpose()?
        .unwrap_or_default();
    let mut joined = String::new();
    for (number, item) in value.try_iter()?.enumerate() {
        if number > 0 {
            joined.push_str(&separator);
        }
        joined.push_str(&as_text(&item)?);
    }
    Ok(joined)
}

/// A member that is not there stays missing, instead of becoming nothing in silence.
fn map(state: &mut State<'_, '_>, arguments: Rest<ValueOrKwargs>) -> Result<Value, Error> {
    let arguments = arguments.into_values();
    if let Some(input) = arguments.first() {
        there(input)?;
    }
    let mapped = Value::from_function(filters::map).call(state, &arguments)?;
    let items: Vec<Value> = mapped.try_iter()?.collect();
    let items = items.into_iter().map(|item| {
        if item.is_undefined() {
            nothing(state, "map")
        } else {
            item
        }
    });
    Ok(Value::from(items.collect::<Vec<_>>()))
}
