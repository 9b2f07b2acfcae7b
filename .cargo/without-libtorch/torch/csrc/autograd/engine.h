// Found by a build only where there is no libtorch (see .cargo/config.toml).
#error "libtorch is not set up here. Run: cargo xtask setup"
#error "Or build without the transformer: cargo build --no-default-features"
#include "libtorch-is-not-set-up--run--cargo-xtask-setup"
