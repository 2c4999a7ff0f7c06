/* SPDX-License-Identifier: MIT */
#include "core/digest.h"

#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>
#include <sha2.h>

void digest_hex(const void *p, size_t len, char hex[DIGEST_HEX + 1])
{
	SHA256Data(p, len, hex);
}
