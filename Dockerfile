# wiezei in a container, of the tarball that `cargo xtask dist` makes:
#
#   cargo xtask dist
#   docker build --tag wiezei .
#   docker run --rm --user "$(id -u)" --volume "$PWD:/data" wiezei \
#       batch articles/ --output quotations.jsonl
FROM debian:12-slim

# ADD unpacks it. The libraries beside the program need the C++ runtime besides.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libstdc++6 libgcc-s1 \
    && rm -rf /var/lib/apt/lists/*
ADD target/dist/wiezei-*-x86_64-linux.tar.gz /opt/
RUN ln -s /opt/wiezei-*/wiezei /usr/local/bin/wiezei

USER nobody
WORKDIR /data
ENTRYPOINT ["wiezei"]
