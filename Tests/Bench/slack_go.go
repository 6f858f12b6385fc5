// A slash command handler with slack-go on net/http, as its documentation shows it: checks the signature, answers, and
// stores nothing. What clusterbot is measured against.
//
//	slack_go ANSWER_FILE, with the signing secret in SIGNING
package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"

	"github.com/slack-go/slack"
)

func main() {
	answer, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	secret := os.Getenv("SIGNING")
	http.HandleFunc("/slack/commands", func(w http.ResponseWriter, r *http.Request) {
		verifier, err := slack.NewSecretsVerifier(r.Header, secret)
		if err != nil {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		r.Body = io.NopCloser(io.TeeReader(r.Body, &verifier))
		command, err := slack.SlashCommandParse(r)
		if err != nil || verifier.Ensure() != nil || command.Command != "/cluster" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Write(answer)
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("listening on %d\n", listener.Addr().(*net.TCPAddr).Port)
	log.Fatal(http.Serve(listener, nil))
}
