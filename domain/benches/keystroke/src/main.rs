//! The native side: reads `fields keystrokes` line by line, and answers with what each of them took, in microseconds.

use std::hint::black_box;
use std::io::{BufRead, Write};
use std::time::Instant;

use keystroke::Designer;

fn main() -> std::io::Result<()> {
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let mut numbers = line.split(' ').filter_map(|word| word.parse::<usize>().ok());
        let (Some(fields), Some(keystrokes)) = (numbers.next(), numbers.next()) else { continue };
        let Some(mut designer) = Designer::of(fields) else { continue };
        let times = (0..keystrokes).map(|_| {
            let began = Instant::now();
            black_box(designer.press());
            (began.elapsed().as_secs_f64() * 1e6).to_string()
        });
        let times: Vec<String> = times.collect();
        let mut out = std::io::stdout().lock();
        writeln!(out, "{}", times.join(" "))?;
        out.flush()?;
    }
    Ok(())
}
