//! `now()`, `format_time` and `parse_time`.

use ::time::format_description::well_known::{Iso8601, Rfc2822, Rfc3339};
use ::time::format_description::{BorrowedFormatItem, parse_strftime_borrowed};
use ::time::parsing::Parsed;
use ::time::{OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};
use minijinja::{Error, State, Value};

use super::super::render::Render;
use super::arguments::{failed, number, text};

pub(super) fn now(state: &State<'_, '_>) -> Result<i64, Error> {
    let render =
        Render::of(state).ok_or_else(|| failed("`now` can only be called in a request"))?;
    Ok(render.moment.unix_seconds())
}

/// Unix seconds as a date and time in UTC, by `strftime`'s codes; RFC 3339 where none are given.
pub(super) fn format_time(input: &Value, format: Option<Value>) -> Result<String, Error> {
    let seconds = number(input)?.ok_or_else(|| failed("`format_time` works on Unix seconds"))?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "beyond the years that there are it fails below"
    )]
    let time = OffsetDateTime::from_unix_timestamp(seconds.floor() as i64).map_err(|_| {
        failed("`format_time`: this is beyond the year 9999; are these milliseconds?")
    })?;
    let format = match &format {
        Some(format) => text(format)?.replace("%Z", "UTC"),
        None => "%Y-%m-%dT%H:%M:%SZ".to_owned(),
    };
    time.format(&description("format_time", &format)?)
        .map_err(|_| failed("`format_time`: the time cannot be written so"))
}

/// A date and time as Unix seconds: RFC 3339, ISO 8601, RFC 2822 and HTTP dates, or by `strftime`'s codes.
/// Without an offset it is in UTC; without a time it is midnight.
pub(super) fn parse_time(input: &Value, format: Option<Value>) -> Result<i64, Error> {
    let text = text(input)?;
    let text = text.trim();
    let found = match &format {
        Some(format) => by_format(text, &super::arguments::text(format)?)?,
        None => well_known(text),
    };
    found.ok_or_else(|| match format {
        Some(_) => failed("`parse_time`: the text does not have this format"),
        None => failed("`parse_time`: this is no date and time; give its format: `parse_time(\"%d.%m.%Y %H:%M\")`"),
    })
}

fn description<'a>(filter: &str, format: &'a str) -> Result<Vec<BorrowedFormatItem<'a>>, Error> {
    parse_strftime_borrowed(format).map_err(|_| {
        failed(format!(
            "`{filter}`: the format has a code that is not known"
        ))
    })
}

fn well_known(text: &str) -> Option<i64> {
    if let Ok(seconds) = text.parse::<i64>() {
        return Some(seconds);
    }
    let exact = OffsetDateTime::parse(text, &Rfc3339)
        .or_else(|_| OffsetDateTime::parse(text, &Rfc2822))
        .or_else(|_| OffsetDateTime::parse(text, &Iso8601::PARSING));
    if let Ok(time) = exact {
        return Some(time.unix_timestamp());
    }
    [
        "%Y-%m-%dT%H:%M:%S%z",
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%d",
        "%a %b %e %H:%M:%S %Y",
        "%A, %d-%b-%y %H:%M:%S GMT",
    ]
    .into_iter()
    .find_map(|format| by_format(&without_fraction(text), format).ok().flatten())
}

/// `03:04:05.678+0000` without its `.678`, which no code of `strftime` stands for.
fn without_fraction(text: &str) -> String {
    match text.split_once('.') {
        Some((before, after)) => format!(
            "{before}{}",
            after.trim_start_matches(|digit: char| digit.is_ascii_digit())
        ),
        None => text.to_owned(),
    }
}

fn by_format(text: &str, format: &str) -> Result<Option<i64>, Error> {
    let format = format.replace("%Z", "UTC");
    let items = description("parse_time", &format)?;
    let mut parsed = Parsed::new();
    match parsed.parse_items(text.as_bytes(), &items) {
        Ok([]) => {}
        _ => return Ok(None),
    }
    // `%s` and `%z` make a moment of themselves; anything else is taken as UTC.
    if let Ok(time) = OffsetDateTime::try_from(parsed) {
        return Ok(Some(time.unix_timestamp()));
    }
    let offset = UtcOffset::try_from(parsed).unwrap_or(UtcOffset::UTC);
    let time = PrimitiveDateTime::try_from(parsed)
        .or_else(|_| ::time::Date::try_from(parsed).map(|date| date.with_time(Time::MIDNIGHT)));
    Ok(time
        .ok()
        .map(|time| time.assume_offset(offset).unix_timestamp()))
}
