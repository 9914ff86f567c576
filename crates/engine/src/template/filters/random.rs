//! `uuid()` and `random_hex(n)`: the same throughout a request.

use minijinja::{Error, State};

use super::super::render::Render;
use super::arguments::failed;

/// The most random bytes at once.
const MOST: usize = 1024;

pub(super) fn uuid(state: &State<'_, '_>) -> Result<String, Error> {
    let render =
        Render::of(state).ok_or_else(|| failed("`uuid` can only be called in a request"))?;
    Ok(render.moment.uuid().to_owned())
}

/// So many bytes, as twice as many hex digits.
pub(super) fn random_hex(state: &State<'_, '_>, bytes: usize) -> Result<String, Error> {
    if !(1..=MOST).contains(&bytes) {
        return Err(failed(
            "`random_hex`: give a number of bytes from 1 to 1024",
        ));
    }
    let render =
        Render::of(state).ok_or_else(|| failed("`random_hex` can only be called in a request"))?;
    Ok(render.moment.random_hex(bytes))
}
