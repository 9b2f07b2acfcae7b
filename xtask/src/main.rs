//! Set-up, demonstration and tests of wiezei: `cargo xtask --help`.

fn main() -> anyhow::Result<()> {
    Ok(())
}
