//! Benchmarks: a subject and its peer do the same work in the same run, and the ratio is what counts.
//!
//! One file a benchmark beside this one; what they share is in `harness/`. To add one, write its file with a
//! `BENCHMARK` and name it below. The exit code is 0 whether targets are met or missed: times depend on the machine
//! and are for people. It is 1 where something could not be measured at all.
//!
//! Not here: tests with a clock. Nothing under `cargo xtask test` looks at what these print.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the tables are the result"
)]

mod cached_call;
mod cached_outputs;
#[cfg(target_os = "linux")]
mod editor;
mod flow;
mod harness;
mod history;
mod library;
mod openapi;
mod parallel_calls;
#[cfg(target_os = "linux")]
mod start;
mod token_write;
mod waiters;

use std::process::ExitCode;

use harness::Benchmark;

const BENCHMARKS: &[Benchmark] = &[
    harness::BENCHMARK,
    flow::BENCHMARK,
    history::BENCHMARK,
    library::BENCHMARK,
    cached_call::BENCHMARK,
    cached_outputs::BENCHMARK,
    token_write::BENCHMARK,
    waiters::BENCHMARK,
    parallel_calls::BENCHMARK,
    openapi::BENCHMARK,
    #[cfg(target_os = "linux")]
    start::BENCHMARK,
    #[cfg(target_os = "linux")]
    editor::BENCHMARK,
];

fn main() -> ExitCode {
    let filters: Vec<String> = std::env::args().skip(1).collect();
    #[cfg(target_os = "linux")]
    if let Some(("--note-start", program)) = filters
        .split_first()
        .map(|(word, rest)| (word.as_str(), rest))
    {
        eprintln!("{}", harness::note_start(program));
        return ExitCode::FAILURE;
    }
    let chosen: Vec<&Benchmark> = BENCHMARKS
        .iter()
        .filter(|benchmark| benchmark.is_chosen(&filters))
        .collect();
    if chosen.is_empty() {
        let names: Vec<&str> = BENCHMARKS.iter().map(|benchmark| benchmark.name).collect();
        eprintln!(
            "no benchmark has that name; there are: {}",
            names.join(", ")
        );
        return ExitCode::from(2);
    }
    let mut exit = ExitCode::SUCCESS;
    for benchmark in chosen {
        println!("\n{}", benchmark.title());
        match (benchmark.run)() {
            Ok(findings) => findings.lines().iter().for_each(|line| println!("{line}")),
            Err(fault) => {
                println!("  could not be measured: {fault}");
                exit = ExitCode::FAILURE;
            }
        }
    }
    exit
}
