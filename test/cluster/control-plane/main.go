// Command control-plane is etcd, kube-apiserver and kube-controller-manager in
// one file: it acts by the name it was started under (argv[0]), as busybox
// does. One link instead of three keeps the cached build small.
package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	_ "time/tzdata" // CronJob time zones must not depend on the machine's zone data

	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/metrics/prometheus/clientgo" // metrics of the client library, as in the released binaries
	_ "k8s.io/component-base/metrics/prometheus/version"  // build_info metric, as in the released binaries
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllermanager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
)

// endWithParent ends this process once its standard input is closed. The
// operating system closes it whenever the parent dies, also by SIGKILL, so no
// control plane outlives the test that started it.
func endWithParent() {
	if os.Getenv("JOBWRIGHT_END_WITH_STDIN") == "" {
		return
	}
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
}

func main() {
	endWithParent()
	switch name := filepath.Base(os.Args[0]); name {
	case "etcd":
		etcdmain.Main(os.Args)
	case "kube-apiserver":
		os.Exit(cli.Run(apiserver.NewAPIServerCommand()))
	case "kube-controller-manager":
		os.Exit(cli.Run(controllermanager.NewControllerManagerCommand()))
	default:
		fmt.Fprintf(os.Stderr, "control-plane: start it as etcd, kube-apiserver or kube-controller-manager, not as %q\n", name)
		os.Exit(2)
	}
}
