//! The scripted authorization server, proven right before anything is tested against it.

mod callbacks;
mod endpoints;
mod requests;
mod rules;
mod token_answers;
