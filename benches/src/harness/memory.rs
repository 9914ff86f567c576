//! What processes hold of the machine's memory, as the kernel counts it.

use super::Fault;

/// What processes hold, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Theirs alone, and of what they share with others their share of it (PSS).
    pub proportional: u64,
    /// What would be free if they ended.
    pub private: u64,
    /// How many processes they are.
    pub processes: usize,
}

/// What these processes hold. One that has ended meanwhile holds nothing.
pub fn held(processes: &[u32]) -> Result<Held, Fault> {
    let mut sum = Held::default();
    for process in processes {
        let Ok(text) = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")) else {
            continue;
        };
        let line = |name| kilobytes(&text, name).ok_or(format!("no {name} in smaps_rollup"));
        sum.proportional += line("Pss:")? * 1024;
        sum.private += (line("Private_Clean:")? + line("Private_Dirty:")?) * 1024;
        sum.processes += 1;
    }
    if sum.processes == 0 {
        return Err("none of the processes is there".into());
    }
    Ok(sum)
}

/// The number in a line like `Pss:   1234 kB`.
fn kilobytes(text: &str, name: &str) -> Option<u64> {
    text.lines()
        .find_map(|line| line.strip_prefix(name))?
        .split_whitespace()
        .next()?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::{held, kilobytes};

    const ROLLUP: &str =
        "5600-7ffd ---p 00000000 00:00 0 [rollup]\nRss: 99 kB\nPss:     12 kB\nPss_Dirty:   7 kB\n";

    #[test]
    fn a_line_is_found_by_its_whole_name() {
        assert_eq!(kilobytes(ROLLUP, "Pss:"), Some(12));
        assert_eq!(kilobytes(ROLLUP, "Pss_Dirty:"), Some(7));
        assert_eq!(kilobytes(ROLLUP, "Swap:"), None);
    }

    #[test]
    fn what_a_process_fills_is_counted() {
        let this = [std::process::id()];
        let before = held(&this).unwrap();
        let filled = std::hint::black_box(vec![1_u8; 32 << 20]);
        let after = held(&this).unwrap();
        drop(filled);
        assert!(
            after.private > before.private + (30 << 20),
            "{before:?} {after:?}"
        );
        assert_eq!(after.processes, 1);
    }

    #[test]
    fn processes_that_are_gone_are_a_fault() {
        // Above the largest id that the kernel gives.
        assert!(held(&[u32::MAX]).is_err());
    }
}
