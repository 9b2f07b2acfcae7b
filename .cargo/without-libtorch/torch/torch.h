// Found by a build only where there is no libtorch (see .cargo/config.toml).
#include <torch/csrc/autograd/engine.h>
