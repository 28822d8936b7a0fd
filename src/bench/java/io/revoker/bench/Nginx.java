package io.revoker.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An nginx that answers constants at the paths of checks and introspections, and at another port asks Redis by Lua for
 * each check.
 */
record Nginx(Process process, int constantPort, int luaPort) implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    /** Where Debian has them. */
    private static final Path MODULES = Path.of("/usr/lib/nginx/modules");

    private static final Path REDIS_LUA = Path.of("/usr/share/lua/5.1/nginx/redis.lua");

    private static final String CONFIGURATION = """
            daemon off;
            worker_processes %1$d;
            pid %2$s/nginx.pid;
            error_log %2$s/nginx.log;
            %3$s
            events { worker_connections 8192; }
            http {
              access_log off;
              keepalive_requests 1000000000;
              client_body_temp_path %2$s/nginx-body;
              default_type application/json;
              server {
                listen 127.0.0.1:%4$d backlog=4096;
                location /v1/check { return 200 '%5$s'; }
                location /oauth2/introspect { return 200 '%6$s'; }
              }
              %7$s
            }
            """;
    private static final String LOAD_LUA = """
            load_module %1$s/ndk_http_module.so;
            load_module %1$s/ngx_http_lua_module.so;
            """;
    private static final String LUA_SERVER = """
            lua_package_path "/usr/share/lua/5.1/?.lua;;";
            server {
              listen 127.0.0.1:%1$d backlog=4096;
              location /v1/check {
                content_by_lua_block {
                  local red = require("nginx.redis"):new()
                  local ok = red:connect("127.0.0.1", %2$d)
                  if not ok then return ngx.exit(503) end
                  local token = red:get("rv:t:00000000000000" .. string.sub(ngx.var.http_authorization, -8))
                  red:set_keepalive(60000, 4096)
                  ngx.status = token ~= ngx.null and 200 or 401
                  ngx.header["Content-Length"] = 0
                  ngx.exit(ngx.status)
                }
              }
              location /oauth2/introspect {
                content_by_lua_block {
                  ngx.req.read_body()
                  local red = require("nginx.redis"):new()
                  local ok = red:connect("127.0.0.1", %2$d)
                  if not ok then return ngx.exit(503) end
                  local token = red:get("rv:t:00000000000000" .. string.sub(ngx.req.get_body_data() or "", -8))
                  red:set_keepalive(60000, 4096)
                  local answer = token ~= ngx.null and '%3$s' or '{"active":false}'
                  ngx.header["Content-Length"] = #answer
                  ngx.print(answer)
                }
              }
            }
            """;

    /** What it answers. */
    record Constants(String check, String introspection) {}

    /**
     * Starts it.
     *
     * @param redisPort of a Redis with a key for each token, see {@link RedisConsole#writeKeys}
     */
    static Nginx start(Program nginx, Path work, Constants constants, int redisPort) throws IOException {
        Files.createDirectories(work);
        int constantPort = Ports.free();
        int luaPort = Ports.free();
        Path file = Files.writeString(
                work.resolve("nginx.conf"),
                CONFIGURATION.formatted(
                        Runtime.getRuntime().availableProcessors(),
                        work,
                        hasLua() ? LOAD_LUA.formatted(MODULES) : "",
                        constantPort,
                        constants.check,
                        constants.introspection,
                        hasLua() ? LUA_SERVER.formatted(luaPort, redisPort, constants.introspection) : ""));
        Process process = new ProcessBuilder(nginx.executable().toString(), "-p", work + "/", "-c", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("nginx.out").toFile())
                .start();
        Ports.awaitListening(constantPort);
        return new Nginx(process, constantPort, luaPort);
    }

    static boolean hasLua() {
        return Files.exists(MODULES.resolve("ngx_http_lua_module.so")) && Files.exists(REDIS_LUA);
    }

    /** The processor time that it and its workers have used. */
    Duration processorTime() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
