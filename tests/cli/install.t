# SPDX-License-Identifier: MIT
. "$ADREF_SOURCE/tests/cli/lib.sh"

it 'installs program, manual, completions and examples, and takes them away again'
if [ "$ADREF" != "$ADREF_SOURCE/build/adref" ]; then
	skip 'for the plain build'
else
	# As it is built, whatever compiler that was by: a rebuild would take it from under the other tests.
	run make -s -o build/flags -C "$ADREF_SOURCE" install DESTDIR="$PWD/root"
	expect_status 0
	for file in bin/adref share/man/man1/adref.1 share/man/man5/adref-format.5 share/adref/drafts/regions.yaml \
		share/bash-completion/completions/adref share/zsh/site-functions/_adref \
		share/fish/vendor_completions.d/adref.fish; do
		[ -f "root/usr/local/$file" ] || fail "$file is not there"
	done
	run root/usr/local/bin/adref --version
	expect_status 0
	run make -s -C "$ADREF_SOURCE" uninstall DESTDIR="$PWD/root"
	expect_status 0
	run find root -type f
	expect_out </dev/null
fi
