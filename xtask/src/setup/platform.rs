//! Which machines the set-up can fetch a libtorch for.

/// Whether this is Linux with glibc on an x86-64 processor: the one platform
/// that the archive and the wheel are for.
pub(crate) const fn is_x86_64_linux() -> bool {
    cfg!(all(target_os = "linux", target_arch = "x86_64", target_env = "gnu"))
}

/// This machine, for a message.
pub(crate) fn name() -> String {
    format!("{} on {}", std::env::consts::OS, std::env::consts::ARCH)
}
