//! minijinja's own filters, where they have to be told of our text and of values that are not there.

use minijinja::value::{Rest, ValueOrKwargs};
use minijinja::{Environment, Error, State, Value, filters, tests};

use super::super::environment::{as_text, found, nothing, on_text, there};
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
    environment.add_filter("string", |value: &Value| as_text(value));
    environment.add_filter("join", join);
    environment.add_filter("map", map);
    environment.add_test("iterable", |value: &Value| !is_missing(value) && tests::is_iterable(value));
}

fn join(value: &Value, separator: Option<Value>) -> Result<String, Error> {
    there(value)?;
    let separator = separator.map(|separator| as_text(&separator)).transpose()?.unwrap_or_default();
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
    let items = items.into_iter().map(|item| if item.is_undefined() { nothing(state, "map") } else { item });
    Ok(Value::from(items.collect::<Vec<_>>()))
}
