#!/usr/bin/env bash
# A real standalone cluster on this machine's loopback address, from the jars that Maven resolved:
# a master, two workers of one core, and a governed Spark Connect server that is submitted to it in
# client mode with one jar and one properties file. No Spark distribution is needed.
#
#   standalone.sh            everything: start, the analyst's tour, the work of each executor, stop
#   standalone.sh start      prepares the hospital, starts master and workers, submits the server
#   standalone.sh tour       runs the Java analyst's and owner's program against it
#   standalone.sh work       how many tasks each executor has been given
#   standalone.sh worker N   starts worker N, 1 or 2, again, after it was killed
#   standalone.sh stop       ends all of them
#
# Everything is below SALLYPORT_CLUSTER (default cluster-examples/target/standalone): SPARK_HOME,
# data, policies, tokens, store, logs, and a file NAME.pid for each process. SALLYPORT_PEOPLE is the
# size of the hospital (40000). Lines of the file SALLYPORT_CONF are added to the server's.
set -euo pipefail
# shellcheck source=../bin/common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../bin/common.sh"

home="${SALLYPORT_CLUSTER:-$examples/target/standalone}"
people="${SALLYPORT_PEOPLE:-40000}"
spark_home="$home/spark"
workers=2
heap_of_daemons=256m

step() {
  printf '\n--- %s\n' "$*"
}

# started PID: when a process began, which tells it from a later one of the same pid.
started() {
  ps -o lstart= -p "$1" 2> /dev/null
}

# launch NAME COMMAND...: a process of its own group, with its output in NAME.log, its pid in NAME.pid
# and its beginning in NAME.began.
launch() {
  local name="$1"
  shift
  setsid "$@" > "$home/$name.out" 2> "$home/$name.log" < /dev/null &
  printf '%s\n' "$!" > "$home/$name.pid"
  started "$!" > "$home/$name.began"
}

# ours NAME: the pid of the process that was launched under this name, while that one runs.
ours() {
  local pid begun
  pid="$(cat -- "$home/$1.pid" 2> /dev/null)" || return 1
  begun="$(cat -- "$home/$1.began" 2> /dev/null)" || return 1
  [[ -n "$begun" && "$(started "$pid")" == "$begun" ]] && printf '%s' "$pid"
}

is_alive() {
  ours "$1" > /dev/null
}

# await NAME FILE EXPRESSION: prints what sed finds, as soon as it finds it.
await() {
  local waited found
  for ((waited = 0; waited < 1800; waited++)); do
    found="$(sed -n "$3" "$home/$2" 2> /dev/null | head -n 1)"
    if [[ -n "$found" ]]; then
      printf '%s' "$found"
      return
    fi
    is_alive "$1" || break
    sleep 0.2
  done
  tail -n 40 -- "$home/$1.log" >&2
  fail "$1 did not start. Its log is $home/$1.log"
}

# SPARK_HOME as workers need it to start executors: jars, and a file that says that it is no source tree.
lay_out_spark() {
  rm -rf -- "$spark_home"
  mkdir -p -- "$spark_home/jars" "$spark_home/conf"
  : > "$spark_home/RELEASE"
  local jar
  tr ':' '\n' < "$server_launch/spark.classpath" | while IFS= read -r jar; do
    ln -s -- "$jar" "$spark_home/jars/"
  done
}

# daemon NAME CLASS ARGUMENT...: a master or a worker.
daemon() {
  local name="$1"
  shift
  launch "$name" env SPARK_HOME="$spark_home" SPARK_SCALA_VERSION=2.13 JAVA_HOME="$java_home" \
    SPARK_LOCAL_IP=127.0.0.1 SPARK_LOCAL_DIRS="$home/local" \
    "$java" "@$server_launch/java.options" "${short_lived[@]}" "-Xmx$heap_of_daemons" \
    -cp "$spark_home/conf:$spark_home/jars/*" "$@" --properties-file "$home/daemons.conf"
}

# One secret for the cluster, in files that are this user's alone; never in a command line.
write_confs() {
  local secret
  secret="$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')"
  (
    umask 077
    {
      echo "spark.authenticate true"
      echo "spark.authenticate.secret $secret"
      echo "spark.network.crypto.enabled true"
      echo "spark.network.crypto.saslFallback false"
      # What applications leave in work folders is wiped.
      echo "spark.worker.cleanup.enabled true"
    } > "$home/daemons.conf"
    {
      cat -- "$examples/standalone/cluster.conf"
      echo
      echo "# Added by standalone.sh."
      echo "spark.authenticate.secret $secret"
      echo "spark.driver.bindAddress 127.0.0.1"
      echo "spark.driver.host 127.0.0.1"
      echo "spark.sql.catalog.reference.url jdbc:h2:$home/data/reference;ACCESS_MODE_DATA=r"
      if [[ -n "${SALLYPORT_CONF:-}" ]]; then
        cat -- "$SALLYPORT_CONF"
      fi
    } > "$home/cluster.conf"
  )
}

# worker NUMBER: one core and its work folder.
worker() {
  daemon "worker-$1" org.apache.spark.deploy.worker.Worker "$(< "$home/master.url")" \
    --host 127.0.0.1 --cores 1 --memory 1g --work-dir "$home/work-$1" --webui-port 0
}

registered() {
  await "worker-$1" "worker-$1.log" 's/.*\(Successfully registered with master\).*/\1/p' > /dev/null
}

start() {
  local name number master address
  for name in master worker-1 worker-2 server; do
    ! is_alive "$name" || fail "There is one running in $home. Run: standalone.sh stop"
  done
  step "A hospital ($people invented people), a certificate, a token for each person, the owner's policy"
  mkdir -p -- "$home"
  home="$(cd -- "$home" && pwd)"
  spark_home="$home/spark"
  chmod 700 -- "$home"
  "$examples/bin/prepare-hospital.sh" "$home" "$people"
  rm -rf -- "$home/work-1" "$home/work-2" "$home/local"
  lay_out_spark
  write_confs

  step "A master and $workers workers, on loopback"
  daemon master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port 0 --webui-port 0
  master="$(await master master.log 's/.*Starting Spark master at \(spark:[^ ]*\).*/\1/p')"
  printf '%s\n' "$master" > "$home/master.url"
  for ((number = 1; number <= workers; number++)); do
    worker "$number"
  done
  for ((number = 1; number <= workers; number++)); do
    registered "$number"
  done
  echo "The master is $master; the workers are registered."

  step "The governed server, submitted in client mode: one jar, one properties file"
  launch server env --chdir="$home" SPARK_HOME="$spark_home" SPARK_SCALA_VERSION=2.13 \
    SPARK_LOCAL_IP=127.0.0.1 SPARK_LOCAL_DIRS="$home/local" \
    "$java" "@$server_launch/java.options" "${short_lived[@]}" -Xmx1g -XX:+ExitOnOutOfMemoryError \
    -cp "$spark_home/conf:$spark_home/jars/*" org.apache.spark.deploy.SparkSubmit \
    --master "$master" --deploy-mode client --properties-file "$home/cluster.conf" \
    --conf spark.connect.grpc.binding.port=0 \
    --class io.sallyport.connect.server.server.SallyportServer "$(plugin_jar)"
  address="$(await server server.out 's/^Sallyport is listening on //p')"
  echo "It listens on $address, with TLS."
}

tour() {
  local address
  address="$(sed -n 's/^Sallyport is listening on //p' "$home/server.out" 2> /dev/null)" || true
  [[ -n "$address" ]] && is_alive server || fail "No server is running. Run: standalone.sh start"
  run_analyst_side "$home/tls/truststore.p12" \
    io.sallyport.examples.analyst.HospitalTour "sc://localhost:${address##*:}" "$home/tokens" \
    2> "$home/client.log" \
    || { tail -n 20 -- "$home/client.log" >&2; fail "Not everything was as it should be."; }
}

# Executors log the number of each task that they are given, and nothing of what is in it.
work() {
  local log
  step "Work of each executor"
  for log in "$home"/work-*/app-*/*/stderr; do
    [[ -f "$log" ]] || fail "No executor was started."
    printf '%s: %s tasks\n' "$(sed 's|.*/\(work-[0-9]*\)/app-[^/]*/\([0-9]*\)/stderr|\1, executor \2|' <<< "$log")" \
      "$(grep -c 'Got assigned task' -- "$log" || true)"
  done
}

# The server first: it ends its sessions, and its executors with them.
stop() {
  local name pid waited
  for name in server worker-1 worker-2 master; do
    if pid="$(ours "$name")" && kill -TERM "$pid" 2> /dev/null; then
      for ((waited = 0; waited < 150; waited++)); do
        is_alive "$name" || break
        sleep 0.1
      done
      ! is_alive "$name" || kill -KILL "$pid" 2> /dev/null || true
    fi
    rm -f -- "$home/$name.pid" "$home/$name.began"
  done
  rm -rf -- "$home/work-1" "$home/work-2" "$home/local"
  rm -f -- "$home/daemons.conf" "$home/cluster.conf" "$home/server.out"
}

require_java
java_home="$(cd -- "$(dirname -- "$(readlink -f -- "$java")")/.." && pwd)"
case "${1:-all}" in
  start)
    require_build
    start
    ;;
  tour)
    require_build
    tour
    ;;
  work) work ;;
  worker)
    [[ "${2:-}" == [12] ]] || fail "Which worker? 1 or 2"
    worker "$2"
    registered "$2"
    ;;
  stop) stop ;;
  all)
    "$examples/bin/build.sh"
    trap stop EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    start
    tour
    work
    step "Everything stops"
    ;;
  *) fail "There is no $1. Usage: standalone.sh [start|tour|work|worker N|stop]" ;;
esac
