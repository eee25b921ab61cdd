/**
 * Objects in a bucket of a server that speaks S3: AWS, Supabase Storage, MinIO and others. The vendor's types
 * and names stay here.
 */
package io.centurions.platform.storage.s3;
